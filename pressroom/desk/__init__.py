"""From the model to the Site: the gate, editions, addresses, links, listings. Pure: no file is opened here."""
