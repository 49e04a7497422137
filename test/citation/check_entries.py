"""Reads the entries in a folder with other programs and compares what these read with the CSL-JSON beside them.

python3 check_entries.py FOLDER TOOL..., where a tool is pybtex, bibtexparser, rispy, biber or csl. For biber the folder has
biber's XML of biblatex.bib, and for csl files that end in .csl.json, which other programs have made of the entries.
"""

import json
import re
import sys
import unicodedata
from pathlib import Path

FOLDER = Path(sys.argv[1])
ITEMS = json.loads((FOLDER / "csl-json.json").read_text())
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
differences = []


def plain(text):
    """A text without what programs draw in another way: scripts, kinds of quotes and spaces, braces of LaTeX."""
    text = unicodedata.normalize("NFKD", text or "")
    text = re.sub("[’‘`´]", "'", text)
    text = re.sub("[“”]|''", '"', text)
    text = re.sub("[–—−]", "-", text)
    text = text.replace("ˆ", "^")
    text = re.sub("[∼～]", "~", text)
    return re.sub(r"[\s^_${}]|--+", lambda m: "-" if m[0].startswith("-") else "", text)


def compare(tool, item, what, expected, found):
    if isinstance(expected, list):
        same = [[plain(p) for p in one] for one in expected] == [[plain(p) for p in one] for one in found or []]
    else:
        same = plain(expected) == plain(found)
    if not same:
        differences.append(f"{tool}: {item['id']}: {what}: expected {expected!r}, found {found!r}")


def names_of(item, role="author"):
    """Names as (family with particle, given, suffix); a group is a family name alone."""
    names = [one for one in item.get(role, []) if one != {"literal": "others"}]
    return [
        [
            one.get("literal") or " ".join(filter(None, [one.get("non-dropping-particle"), one.get("family")])),
            one.get("given", ""),
            one.get("suffix", ""),
        ]
        for one in names
    ]


def date_of(item):
    return item["issued"]["date-parts"][0] if "issued" in item else []


JOURNALS = {"article-journal", "article-magazine", "article-newspaper", "review"}
NUMBERED = {"report", "standard", "patent"}


def bibtex_fields(item):
    """What a BibTeX entry of the item says, with LaTeX read: name of the field and its text."""
    kind, date = item["type"], date_of(item)
    container = item.get("container-title") or (item.get("event-title") if kind == "paper-conference" else None)
    publisher = {"thesis": "school", "report": "institution", "standard": "institution"}.get(kind, "publisher")
    own = kind == "article" and item.get("publisher") == "arXiv"
    return {
        "title": item["title"],
        "year": str(date[0]) if date else None,
        "journal" if kind in JOURNALS else "booktitle": container,
        "series": item.get("collection-title"),
        "eventtitle": item.get("event-title") if item.get("container-title") else None,
        "edition": item.get("edition"),
        "volume": item.get("volume"),
        "number": item.get("number") if kind in NUMBERED else item.get("issue"),
        "pages": item.get("page"),
        publisher: None if own else item.get("publisher"),
        "address": item.get("publisher-place"),
        "type": item.get("genre"),
        "eprint": item.get("archive_location"),
        "primaryclass": item.get("custom", {}).get("primary-class"),
        "doi": item.get("DOI"),
        "isbn": item.get("ISBN"),
        "issn": item.get("ISSN"),
        "url": item.get("URL"),
        "language": item.get("language"),
        "keywords": item.get("keyword"),
        "abstract": item.get("abstract"),
        "note": item.get("note"),
    }


VERBATIM = {"doi", "url", "eprint", "primaryclass"}


def latex_reader():
    from pylatexenc.latex2text import LatexNodes2Text

    reader = LatexNodes2Text(math_mode="text", keep_comments=True)
    return lambda text: reader.latex_to_text(text)


def check_bibtex(tool, entries):
    """Entries by key: (fields by names in small letters, authors, editors), with LaTeX as it is written."""
    read = latex_reader()
    if len(entries) != len(ITEMS):
        differences.append(f"{tool}: expected {len(ITEMS)} entries, found {len(entries)}")
    for item in ITEMS:
        fields, authors, editors = entries[item["id"]]
        for name, expected in bibtex_fields(item).items():
            found = fields.get(name)
            compare(tool, item, name, expected, found if name in VERBATIM or found is None else read(found))
        date = date_of(item)
        month = fields.get("month")
        compare(tool, item, "month", MONTHS[date[1] - 1] if len(date) > 1 else None, month and month[:3].lower())
        for role, names in (("author", authors), ("editor", editors)):
            compare(tool, item, role, names_of(item, role), [[read(part) for part in name] for name in names])
        others = {"literal": "others"} in item.get("author", [])
        if others != (fields.get("author-others") == "yes"):
            differences.append(f"{tool}: {item['id']}: others: expected {others}")


def check_pybtex():
    from pybtex.database import parse_file

    def name(person):
        given = person.first_names + person.middle_names
        return [" ".join(person.prelast_names + person.last_names), " ".join(given), " ".join(person.lineage_names)]

    entries = {}
    for key, entry in parse_file(str(FOLDER / "bibtex.bib"), "bibtex").entries.items():
        people = {role: [name(one) for one in entry.persons.get(role, [])] for role in ("author", "editor")}
        fields = {field.lower(): text for field, text in entry.fields.items()}
        if people["author"][-1:] == [["others", "", ""]]:
            people["author"].pop()
            fields["author-others"] = "yes"
        entries[key] = (fields, people["author"], people["editor"])
    check_bibtex("pybtex", entries)


def check_bibtexparser():
    import bibtexparser
    from bibtexparser.middlewares import SeparateCoAuthors, SplitNameParts

    library = bibtexparser.parse_file(
        str(FOLDER / "bibtex.bib"), append_middleware=[SeparateCoAuthors(), SplitNameParts()]
    )
    for block in library.failed_blocks:
        differences.append(f"bibtexparser: failed at line {block.start_line}: {block.error}")

    def name(parts):
        return [" ".join(parts.von + parts.last), " ".join(parts.first), " ".join(parts.jr)]

    entries = {}
    for entry in library.entries:
        fields = {field.key.lower(): field.value for field in entry.fields}
        people = {role: [name(one) for one in fields.pop(role, [])] for role in ("author", "editor")}
        if people["author"][-1:] == [["others", "", ""]]:
            people["author"].pop()
            fields["author-others"] = "yes"
        entries[entry.key] = (fields, people["author"], people["editor"])
    check_bibtex("bibtexparser", entries)


def check_rispy():
    import rispy

    with open(FOLDER / "ris.ris", encoding="utf8") as file:
        records = {record["id"]: record for record in rispy.load(file)}
    if len(records) != len(ITEMS):
        differences.append(f"rispy: expected {len(ITEMS)} records, found {len(records)}")

    def split(name):
        parts = [part.strip() for part in name.split(", ")]
        return parts[:1] + parts[1:2] + parts[2:] if len(parts) == 3 else (parts + [""])[:2] + [""]

    for item in ITEMS:
        record = records[item["id"]]
        date = date_of(item)
        kind = item["type"]
        pages = "–".join(filter(None, [record.get("start_page"), record.get("end_page")])) or None
        day = "/".join(f"{part:02}" for part in date) + "/" * (4 - len(date)) if len(date) > 1 else None
        container = item.get("container-title") or (item.get("event-title") if kind == "paper-conference" else None)
        number = record.get("note") if kind in NUMBERED else record.get("custom7")
        is_arxiv = (item.get("number") or "").startswith("arXiv:")
        expected = {
            "title": (item["title"], record.get("title")),
            "year": (str(date[0]) if date else None, record.get("year")),
            "date": (day, record.get("date")),
            "container": (container, record.get("secondary_title")),
            "series": (item.get("collection-title"), record.get("tertiary_title")),
            "volume": (item.get("volume"), record.get("volume")),
            "issue": (item.get("issue"), record.get("number")),
            "pages": (item.get("page"), pages),
            "number": (None if is_arxiv else item.get("number"), number),
            "edition": (item.get("edition"), record.get("edition")),
            "publisher": (item.get("publisher"), record.get("publisher")),
            "place": (item.get("publisher-place"), record.get("place_published")),
            "genre": (item.get("genre"), record.get("type_of_work")),
            "doi": (item.get("DOI"), record.get("doi")),
            "numbers": (item.get("ISBN") or item.get("ISSN"), record.get("issn")),
            "url": (item.get("URL"), " ".join(record.get("urls", [])) or None),
            "language": (item.get("language"), record.get("language")),
            "keywords": (item.get("keyword"), ", ".join(record.get("keywords", [])) or None),
            "abstract": (item.get("abstract"), record.get("abstract")),
            "note": (item.get("note"), " ".join(record.get("notes", [])) or None),
        }
        for what, (said, found) in expected.items():
            # RIS has each word as it is, so nothing is made plain but white space.
            if (said or None) != (found or None):
                differences.append(f"rispy: {item['id']}: {what}: expected {said!r}, found {found!r}")
        names = [name.rstrip(",") if name.endswith(",") else split(name) for name in record.get("authors", [])]
        whole = [[name, "", ""] if isinstance(name, str) else name for name in names]
        compare("rispy", item, "author", names_of(item), whole)


def check_biber():
    import xml.etree.ElementTree as tree

    space = {"b": "http://biblatex-biber.sourceforge.net/biblatexml"}
    entries = {one.get("id"): one for one in tree.parse(FOLDER / "biblatex.xml").getroot()}
    if len(entries) != len(ITEMS):
        differences.append(f"biber: expected {len(ITEMS)} entries, found {len(entries)}")

    read = latex_reader()

    def part(name, kind):
        found = name.find(f"b:namepart[@type='{kind}']", space)
        return "" if found is None else read(" ".join(" ".join(found.itertext()).split()))

    for item in ITEMS:
        entry = entries[item["id"]]
        text = lambda name: (lambda one: None if one is None else " ".join("".join(one.itertext()).split()))(
            entry.find(f"b:{name}", space)
        )
        fields = bibtex_fields(item)
        # Keywords are not in this XML.
        date = "-".join(f"{number:02}" for number in date_of(item)) or None
        renamed = {"journal": "journaltitle", "address": "location", "school": "institution", "primaryclass": "eprintclass"}
        for name, expected in {**fields, "year": None, "keywords": None, "date": date}.items():
            found = text(renamed.get(name, name))
            if name == "pages" and found is not None:
                spans = entry.findall("b:pages/b:list/b:item", space)
                found = ", ".join("-".join("".join(one.itertext()).split()) for one in spans)
            compare("biber", item, name, expected, found if name in VERBATIM or found is None else read(found))
        for role in ("author", "editor"):
            people = entry.findall(f"b:names[@type='{role}']/b:name", space)
            found = [
                [
                    " ".join(filter(None, [part(one, "prefix"), part(one, "family")])),
                    part(one, "given"),
                    part(one, "suffix"),
                ]
                for one in people
            ]
            compare("biber", item, role, names_of(item, role), found)
        listed = entry.find("b:names[@type='author']", space)
        others = listed is not None and listed.get("morenames") == "1"
        if others != ({"literal": "others"} in item.get("author", [])):
            differences.append(f"biber: {item['id']}: others: found {others}")


def check_csl():
    """Items that other programs made: of each its title, authors and DOI, as far as these read them at all."""
    for file in sorted(FOLDER.glob("*.csl.json")):
        tool = file.name.removesuffix(".csl.json")
        found = {one["id"]: one for one in json.loads(file.read_text())}
        print(f"{tool}: {len(found)} entries read")
        if len(found) != len(ITEMS):
            differences.append(f"{tool}: expected {len(ITEMS)} items, found {len(found)}")
        for item in ITEMS:
            one = found.get(item["id"], {})
            said = item["title"].casefold()
            title = re.sub("</?(?:span|i|b|sup|sub)[^>]*>", "", one.get("title") or "")
            # pandoc writes titles small where it may, turns quotes, and loses signs that are braces; neither reads all formulas.
            is_told = "\\" not in title.replace("\\ back", "") and ("pandoc" not in tool or "{" not in said)
            if is_told:
                quotes = str.maketrans("‘’“”'`", '""""""')
                compare(tool, item, "title", said.translate(quotes), title.casefold().translate(quotes))
            compare(tool, item, "DOI", item.get("DOI"), one.get("DOI"))
            people = [
                {**name, "non-dropping-particle": name.get("non-dropping-particle") or name.get("dropping-particle")}
                for name in one.get("author", [])
                if (name.get("literal") or name.get("family")) != "others"
            ]
            # RIS has no braces for a group with a comma, and citation-js no authors for some of RIS's types.
            is_told = "ris" not in tool or (people and not any("," in name[0] for name in names_of(item)))
            if is_told:
                compare(tool, item, "author", names_of(item), names_of({"author": people}))


CHECKS = {
    "pybtex": check_pybtex,
    "bibtexparser": check_bibtexparser,
    "rispy": check_rispy,
    "biber": check_biber,
    "csl": check_csl,
}
for tool in sys.argv[2:]:
    before = len(differences)
    CHECKS[tool]()
    print(f"{tool}: {len(ITEMS)} entries, {len(differences) - before} differences")
for difference in differences[:40]:
    print("  " + difference)
sys.exit(1 if differences else 0)
