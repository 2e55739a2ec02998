"""CSV texts as people have them, good and bad, for reading in the page and in a lesson."""

from __future__ import annotations

import numpy as np

_ROWS = ["1.5,2,3", "4.25,5,7", "7.5,9,8", "9,1,2.5"]
_NUMBERS = "A,B,y\n" + "\n".join(_ROWS) + "\n"
_COMMAS = _NUMBERS.replace(",", ";").replace(".", ",")
_SIX = "id,city,a,b,note,y\n1,Bonn,1.5,30,good,4\n2,Rome,2.5,10,-,3\n3,Oslo,1,22,,5\n4,Bern,3,19,x,1\n"

GOOD = {
    "commas": _NUMBERS,
    "carriage returns": _NUMBERS.replace("\n", "\r\n"),
    "old carriage returns": _NUMBERS.replace("\n", "\r"),
    "no last line end": _NUMBERS.rstrip(),
    "empty lines": "\n\n" + _NUMBERS.replace("\n", "\n\n") + "  \n",
    "semicolons": _NUMBERS.replace(",", ";"),
    "semicolons and decimal commas": _COMMAS,
    "tabs": _NUMBERS.replace(",", "\t"),
    "tabs and decimal commas": _COMMAS.replace(";", "\t"),
    "sep line": "sep=;\n" + _COMMAS,
    "quoted sep line": '"SEP=;"\r\n' + _COMMAS.replace("\n", "\r\n"),
    "byte-order mark": "\ufeff" + _NUMBERS,
    "quotes": _NUMBERS.replace("A,B", '"A, in ""m""","B"').replace("4.25", '"\n4.25\r\n"'),
    "blanks": _NUMBERS.replace(",", " ,  "),
    "last separator": _NUMBERS.replace("\n", ",\n"),
    "commas in names alone": 'A, cm;B;y\n1,5;2;3\n4;5;7,25\n7;9;8\n9;1;2\n',
    "more commas in names than semicolons": "A, cm;B, kg;y, \u20ac\n1,5;2;3\n4;5;7,25\n7;9;8\n9;1;2\n",
    "typesetters' minus": _NUMBERS.replace("1.5", "\u22121.5e\u22122"),
    "exponents": _NUMBERS.replace("4.25", "+4.25E3").replace("7.5", ".5").replace("9,1", "9.,1"),
    "more columns": _SIX,
    "an index without a name": ",A,B,y\n7,1.5,2,3\n8,4.25,5,7\n3,7.5,9,8\n4,9,1,2.5\n",
    "an index from 0": "row,A,B,y\n0,1.5,2,3\n1,4.25,5,7\n2,7.5,9,8\n3,9,1,2.5\n",
    "no index": "row,A,B,y\n1,1.5,2,3\n2,4.25,5,7\n3,7.5,9,8\n9,9,1,2.5\n",
    "mostly numbers": "row,A,B,y\n8,1.5,n/a,3\n6,4.25,five,7\n7,7.5,nine,8\n9,9,1,2.5\n",
    "the wider feature first": "wide,narrow,y\n100,1,3\n500,2,1\n300,4,9\n10,3,2\n",
    "composed letters": _NUMBERS.replace("A", "Gro\u0308\u00dfe").replace("B", "\u200a\u00e9 "),
    "a quote within a cell": _NUMBERS.replace("A", 'A "x"').replace("B", "'B'"),
    "numbers with a decimal comma in quotes": "a;b;y\n\"1,5\";2;3\n4;5;6\n7;\"8,25\";1\n2;2;8\n",
}  # fmt: skip

BAD = {
    "nothing": "",
    "a header alone": "A,B,y\n",
    "one row": "A,B,y\n1,2,3\n",
    "three rows": "A,B,y\n1,2,3\n4,5,7\n2,9,1\n",
    "two columns": "A,y\n1,2\n3,4\n",
    "no header": "1,2,3\n4,5,6\n7,8,10\n3,1,4\n",
    "names alike": _NUMBERS.replace("B", "A"),
    "a name missing": _NUMBERS.replace("B", ""),
    "a word": _NUMBERS.replace("4.25", "four"),
    "a missing value": _NUMBERS.replace("4.25", "NA"),
    "an empty value": _NUMBERS.replace("4.25", ""),
    "infinity": _NUMBERS.replace("4.25", "inf"),
    "too large": _NUMBERS.replace("4.25", "1e999"),
    "squares overflow": _NUMBERS.replace("4.25", "1e200"),
    "a row too short": _NUMBERS.replace("4.25,5,7", "4.25,5"),
    "a row too long": _NUMBERS.replace("4.25,5,7", "4.25,5,7,8"),
    "decimal commas and commas": "A,B,y\n1,5,2,3\n4,5,5,7\n7,1,9,8\n",
    "thousands in quotes": 'A,B,y\n"1,234",5,6\n"7,500",8,9\n"2,500",8,9\n"6,500",8,9\n',
    "thousands and a point": _NUMBERS.replace("4.25", '"1,234.5"'),
    "thousands with blanks": _NUMBERS.replace("4.25", "1 234 567"),
    "thousands with apostrophes": _NUMBERS.replace("4.25", "1'234"),
    "a comma and points": _NUMBERS.replace(",", ";").replace("4.25", "4,25"),
    "nobody can tell": "A;B;y\n1,234;5;6\n950;8;9\n2,500;8;1\n3,100;8;9\n",
    "sep of another kind": "sep=|\nA|B|y\n1|2|3\n",
    "too few columns of numbers": "id,city,a,y\n1,Bonn,2,3\n2,Rome,1,4\n3,Oslo,5,5\n4,Bern,4,4\n",
    "a word among numbers": _SIX.replace("2.5,10", "2.5,ten"),
    "two columns of a name": _SIX.replace("a,b,note", "a,a,note"),
    "a constant feature": _NUMBERS.replace("4.25", "1.5").replace("7.5", "1.5").replace("\n9", "\n1.5"),
    "a constant target": "A,B,y\n1,2,3\n4,5,3\n2,9,3\n7,1,3\n",
    "as good as constant": "A,B,y\n1000000000001,2,3\n1000000000002,5,4\n1000000000003,9,3\n1e12,7,1\n",
    "perfectly correlated": "A,B,y\n1,2,3\n4,8,3.5\n2,4,3\n7,14,1\n",
    "a long valley": "A,B,y\n1e-5,2000,3\n4e-5,8500,3.5\n2e-5,-400,3\n7e-5,100,1\n",
    "far from 0": "A,B,y\n1000001,2e6,3\n1000002,2000000.5,3.5\n1000003,2000001.2,3\n1000004,2000000.9,1\n",
    "tiny": "A,B,y\n1e-20,2,3\n4e-20,8,3.5\n2e-20,-4,3\n7e-20,1,1\n",
    "a control character in a name": _NUMBERS.replace("A", "A\x07b"),
    "a line end in a name": _NUMBERS.replace("A", '"A\nb"'),
    "a long name": _NUMBERS.replace("A", "A" * 250),
    "a long line": _NUMBERS + ",".join(["1"] * 6000) + "\n",
    "a quote never closed": _NUMBERS.replace("4.25", '"4.25'),
}  # fmt: skip


def drawn(seed: int, count: int) -> dict[str, str]:
    """Tables of random numbers: separator, decimal mark, line ends, quotes and columns of words vary."""
    rng = np.random.default_rng(seed)
    texts = {}
    for index in range(count):
        separator, mark = [(",", "."), (";", "."), (";", ","), ("\t", ","), ("\t", ".")][int(rng.integers(5))]
        names, rows = [f"c{k}" for k in range(int(rng.integers(3, 7)))], int(rng.integers(4, 30))
        cells = [
            [f"{value:.6g}" for value in row]
            for row in rng.normal(size=(rows, len(names))) * 10.0 ** rng.uniform(-3, 3)
        ]
        if len(names) > 4 and rng.random() < 0.5:
            for row in cells:
                row[1] = str(rng.choice(["red", "green", "n/a", "7"]))
        if rng.random() < 0.1:
            cells[int(rng.integers(rows))][0] = str(rng.choice(["", "?", "word", "1,5", "1.5"]))
        lines = [
            separator.join(names),
            *(separator.join(cell.replace(".", mark) for cell in row) for row in cells),
        ]
        if rng.random() < 0.3:
            lines = [separator.join(f'"{cell}"' for cell in line.split(separator)) for line in lines]
        texts[f"drawn {index}"] = str(rng.choice(["\n", "\r\n"])).join(lines)
    return texts
