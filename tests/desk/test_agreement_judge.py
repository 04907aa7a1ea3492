"""The judge: what is compared with what, which lines a fault names, and how an editor says that something is meant."""

from __future__ import annotations

from tests.desk.rooms import judged

EN = "It rose by 3 metres.\n\nIt fell by 12 metres."
FR = "Il est monté de 3 mètres.\n\nIl a baissé de 13 mètres."


def codes(original: tuple[str, str], translation: tuple[str, str], *header: str) -> list[str]:
    return [problem.code for problem in judged(original, translation, headers=("title: x\n", *header) if header else ("title: x\n", "title: x\n"))]


def test_a_fault_names_both_lines_and_the_words() -> None:
    (fault,) = judged(("en", EN), ("fr", FR))
    assert fault.place == "content/releases/2026/x/index.fr.md:6:1" and fault.severity == "warning"
    assert fault.message == "the numbers are not those of the original, content/releases/2026/x/index.en.md:6: “12” there, “13” here"


def test_numbers_that_change_places_between_passages_are_found_where_passages_correspond() -> None:
    assert codes(("en", "It has 3 gauges.\n\nIt has 5 ferries."), ("fr", "Il a 5 échelles.\n\nIl a 3 bacs.")) == ["AG002", "AG002"]


def test_where_passages_do_not_correspond_all_of_them_are_one_bag() -> None:
    assert codes(("en", EN), ("fr", "Il est monté de 3 mètres, puis a baissé de 12 mètres.")) == []
    (fault,) = judged(("en", EN), ("fr", "Il est monté de 3 mètres, puis a baissé de 14 mètres."))
    assert fault.line == 4 and "index.en.md:6:" in fault.message


def test_a_quoted_title_has_its_counterpart_in_the_marks_that_chinese_has_for_titles() -> None:
    spanish = "es", "Negociaron según la «Convención Marco de las Naciones Unidas sobre el Cambio Climático»."
    chinese = "各方根据{}谈判。"
    assert codes(spanish, ("zh-Hans", chinese.format("《联合国气候变化框架公约》"))) == []
    assert codes(spanish, ("zh-Hans", chinese.format("联合国气候变化框架公约"))) == ["AG005"]


def test_headings_and_tables_are_compared_too() -> None:
    table = "## {0}\n\n| a | b |\n|---|---|\n| {1} | 7 |\n"
    assert codes(("en", table.format("Day 2", 58)), ("fr", table.format("Jour 2", 58))) == []
    assert codes(("en", table.format("Day 2", 58)), ("fr", table.format("Jour 3", 85))) == ["AG002", "AG002"]


def test_a_headline_may_leave_out_a_number_that_the_text_has_and_not_change_one() -> None:
    text = ("en", "It rose by 3 metres."), ("fr", "Il est monté de 3 mètres.")
    assert judged(*text, headers=("title: The river rises by 3 metres\n", "title: Le fleuve monte\n")) == []
    (fault,) = judged(*text, headers=("title: The river rises by 3 metres\n", "title: Le fleuve monte de 4 mètres\n"))
    assert (fault.code, fault.line) == ("AG002", 2)


def test_a_mark_in_the_passage_or_below_it_excuses_what_it_names_and_no_more() -> None:
    assert codes(("en", EN), ("fr", f"{FR} <!-- meant: AG002 -->")) == []
    assert codes(("en", EN), ("fr", f"{FR}\n\n<!-- meant: AG002, as the mayor said -->")) == []
    assert codes(("en", EN), ("fr", f"{FR} <!-- meant: AG003 -->")) == ["AG002", "AG010"]
    assert codes(("en", EN), ("fr", FR.replace("\n\n", " <!-- meant: AG002 -->\n\n"))) == ["AG002", "AG010"]


def test_a_footnote_is_told_and_excused_where_it_is_written() -> None:
    original = ("en", "It has boats.[^1]\n\nMore of them.[^2]\n\n[^1]: Of 1999.\n\n[^2]: Of 2001.")
    translation = "Il a des bateaux.[^1]\n\nEncore d’autres.[^2]\n\n[^1]: De 1999.\n\n[^2]: De 2002."
    (problem,) = judged(original, ("fr", translation))
    assert (problem.code, problem.line) == ("AG002", 8) and "index.en.md:8" in problem.message
    assert judged(original, ("fr", f"{translation} <!-- meant: AG002, a second edition -->")) == []


def test_a_mark_in_the_header_excuses_its_field() -> None:
    headers = "title: The river rises by 3 metres\n", "title: Le fleuve monte de 4 mètres # meant: AG002\n"
    assert judged(("en", "It rose."), ("fr", "Il est monté."), headers=headers) == []


def test_a_mark_without_a_code_excuses_nothing_and_says_what_to_write() -> None:
    found = judged(("en", EN), ("fr", f"{FR} <!-- meant -->"))
    assert [problem.code for problem in found] == ["AG002", "AG010"] and "AG002" in found[1].hint


def test_a_mark_that_nothing_needs_any_more_is_worth_knowing() -> None:
    (fault,) = judged(("en", EN), ("fr", FR.replace("13", "12 <!-- meant: AG002 -->")))
    assert (fault.code, fault.severity, fault.line) == ("AG010", "info", 6)


def test_in_a_transcript_the_mark_keeps_its_segment_whole() -> None:
    text = "[Narration] It has {0} gauges.{1}\n\nIt is old.\n\n[Soundbite] Mireille Aubanel | Director-General\n\nWe have 7."
    original = ("en", text.format(12, ""))
    for mark in (" <!-- meant: AG002 -->", "\n\n<!-- meant: AG002 -->"):
        french = text.format(13, mark).replace("It has", "Il a").replace("gauges", "échelles").replace("It is old", "C’est vieux").replace("We have", "Nous en avons")
        assert judged(original, ("fr", french), kind="transcript") == []
        assert [problem.code for problem in judged(original, ("fr", french.replace(mark, "")), kind="transcript")] == ["AG002"]


def test_whoever_speaks_in_both_is_named_in_both() -> None:
    text = "[Soundbite] {0} | {1}\n\n{2}"
    original = ("en", text.format("Mireille Aubanel", "Director-General", "We have 7."))
    assert judged(original, ("zh-Hans", text.format("米蕾耶·奥巴内尔", "总干事", "我们有7个。")), kind="transcript") == []
    found = judged(original, ("zh-Hans", text.format("亨里克·索尔旺", "总干事", "我们有7个。")), kind="transcript")
    assert [problem.code for problem in found] == ["AG004"] and "Mireille Aubanel" in found[0].message


def test_names_are_known_in_every_form_that_a_language_gives_them() -> None:
    english = "Mireille Aubanel of the Rivers and Harbours Observatory spoke."
    for lang, text in (
        ("ru", "Выступила М. Обанель из Обсерватории рек и портов."), ("ar", "وتحدثت أوبانيل من مرصد الأنهار والموانئ."), ("fr", "Mme Aubanel, de l’Observatoire des fleuves et des ports, a parlé."),
        ("zh-Hans", "江河与港口观测组织的奥巴内尔讲了话。"),
    ):  # fmt: skip
        assert codes(("en", english), (lang, text)) == [], lang
        assert codes((lang, text), ("en", english)) == [], lang


def test_pages_that_exist_per_language_are_one_link() -> None:
    one = "See [this](https://www.example.org/en/about?lang=en) and [that](https://en.wikipedia.org/wiki/River) and [it](../other/)."
    other = "Voir [ceci](https://example.org/fr/a-propos?lang=fr), [cela](https://fr.wikipedia.org/wiki/Fleuve) et [le](../other/)."
    assert codes(("en", one), ("fr", other)) == []
    assert codes(("en", one), ("fr", other.replace("[le](../other/)", "ça"))) == ["AG006"]


def test_files_per_language_are_one_file_and_a_caption_is_missed() -> None:
    assert codes(("en", "[Report](report.en.pdf)"), ("fr", "[Rapport](report.fr.pdf)")) == []
    headers = "title: x\ncaptions: {a.png: A gauge}\n", "title: x\n"
    assert [problem.code for problem in judged(("en", "![x](a.png)"), ("fr", "![y](a.png)"), headers=headers)] == ["AG007"]


def test_a_language_that_nobody_has_described_raises_no_false_alarm() -> None:
    english = "Twenty-five ferries and 1.2 billion tonnes in 2020, on 2 November 2020."
    assert codes(("en", english), ("pt", "Vinte e cinco balsas e 1,2 bilhão de toneladas em 2020, em 2 de novembro de 2020.")) == []
    assert codes(("en", "It has 25 ferries."), ("pt", "Tem 26 balsas.")) == ["AG002"]
    assert codes(("pt", "Em 2 de novembro de 2020."), ("en", "On 3 November 2020.")) == ["AG003"]


def test_a_copy_of_the_original_is_no_translation() -> None:
    (fault,) = judged(("en", EN), ("fr", EN))
    assert (fault.code, fault.severity) == ("AG011", "error")
    (fault,) = judged(("en", EN), ("fr", EN), headers=("title: x\n", "title: x\nstatus: draft\n"))
    assert (fault.code, fault.severity) == ("AG011", "info")
    assert codes(("zh-Hans", "二〇二〇年十一月二日"), ("zh-Hant", "二〇二〇年十一月二日")) == []
