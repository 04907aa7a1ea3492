// Times lead into the first recording, and what is being said there is marked.
const media = document.querySelector("audio, video"), marks = [];
let spoken;
media.ontimeupdate = media.onseeked = media.onended = () => {
  const words = media.ended ? null : marks.findLast(({ at }) => at <= media.currentTime)?.words;
  if (words === spoken) return;
  if (spoken) spoken.ariaCurrent = null;
  if (words) words.ariaCurrent = true;
  spoken = words;
};

for (const link of document.querySelectorAll(".cue > a")) {
  const at = Number(link.hash.slice(3)), cue = link.parentElement;
  marks.push({ at, words: cue.closest(".speaker")?.parentElement ?? cue.nextElementSibling });
  link.onclick = (press) => {
    if (press.ctrlKey || press.metaKey || press.shiftKey || press.altKey || media.networkState === media.NETWORK_NO_SOURCE) return;
    media.currentTime = at;
    media.play().catch(() => {});
    return false;
  };
}
marks.sort((a, b) => a.at - b.at);
