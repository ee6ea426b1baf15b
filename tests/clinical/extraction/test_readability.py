"""What could not be read is said: another language, characters that are none. Unsure means silent."""

import random
import time

import pytest

from overread.clinical.extraction import read
from overread.clinical.extraction.readability import language, shortcomings, unreadable

GERMAN = (
    "Das Präparat der rechten Niere zeigt ein klarzelliges Nierenzellkarzinom mit einer Größe von 4,5 cm. Der Tumor ist auf die Niere "
    "begrenzt und infiltriert nicht das perirenale Fettgewebe. Die Resektionsränder sind tumorfrei. Bei der Untersuchung wurde kein "
    "Lymphknoten gefunden. pT1b pNX."
)
SPANISH = (
    "El riñón derecho muestra un carcinoma de células claras con un tamaño de 4,5 cm. El tumor está limitado al riñón y los márgenes "
    "quirúrgicos son negativos. Se observa invasión de las venas por el tumor, pero sin extensión a la grasa. No hay metástasis en los "
    "ganglios. Este informe fue revisado por el patólogo según las normas del hospital."
)
FRENCH = (
    "Le rein droit montre un carcinome à cellules claires avec une taille de 4,5 cm. La tumeur est limitée au rein et les marges sont "
    "saines. Il existe une invasion des vaisseaux dans le tissu, sans extension sur la graisse. Les ganglions ne sont pas envahis par la "
    "tumeur et cette lésion est bien limitée pour le moment."
)
PORTUGUESE = (
    "O rim direito mostra um carcinoma de células claras com uma dimensão de 4,5 cm. O tumor é limitado ao rim e as margens não são "
    "comprometidas pela neoplasia. A invasão da gordura não foi observada. Os linfonodos da região são livres. Também foi feita uma "
    "revisão dos cortes em parafina com a equipe do serviço, sem mais achados."
)
ITALIAN = (
    "Il rene destro mostra un carcinoma a cellule chiare della dimensione di 4,5 cm. Il tumore è limitato al rene e non infiltra il "
    "tessuto adiposo. I margini della resezione sono indenni. Gli esami dei linfonodi non mostrano metastasi. Nel preparato si osserva "
    "anche una piccola cisti che non è sospetta ed è stata esaminata con gli altri."
)
ENGLISH = (
    "The right kidney shows a clear cell renal cell carcinoma with a size of 4.5 cm. The tumor is limited to the kidney and the margins "
    "are not involved. No lymph nodes were found in the specimen that was submitted for this examination by the surgeon."
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (GERMAN, "German"),
        (SPANISH, "Spanish"),
        (FRENCH, "French"),
        (PORTUGUESE, "Portuguese"),
        (ITALIAN, "Italian"),
        (GERMAN.upper(), "German"),
        (ENGLISH, None),
        (ENGLISH + GERMAN, None),  # half and half
        (GERMAN[:60], None),  # too short to tell
        ("pT1b pN0 M0", None),
        ("", None),
        (
            "Potilaan munuaisessa on kasvain, joka rajoittuu munuaiseen eikä ulotu rasvaan. " * 5,
            None,
        ),  # none of the five
    ],
)
def test_language(text: str, name: str | None) -> None:
    assert language(text) == name


@pytest.mark.parametrize(
    ("text", "count"),
    [("a\tb\nc\x0cd\r", 0), ("a\x00b\x07", 2), ("caf\ufffd", 1), ("\ud800", 1), ("µ é 5 ≤ x", 0), ("", 0)],
)
def test_characters_that_are_none(text: str, count: int) -> None:
    assert unreadable(text) == count


def test_both_are_said() -> None:
    said = shortcomings(GERMAN + "\x00\x01")
    assert "German" in said[0]
    assert said[1] == "2 characters could not be read"
    assert shortcomings("one\x00") == ("1 character could not be read",)
    assert shortcomings(ENGLISH) == ()


def test_noise_takes_time_in_proportion_to_its_length() -> None:
    noise = "".join(random.Random(3).choices("abTN pM0123 .:()\n\x00é", k=160_000))
    small, large = (seconds(noise[:length]) for length in (40_000, 160_000))
    assert large < 10 * max(small, 0.02)  # quadratic growth would be sixteenfold


def seconds(text: str) -> float:
    best = float("inf")
    for _ in range(2):
        start = time.process_time()
        read(text, "noise")
        shortcomings(text)
        best = min(best, time.process_time() - start)
    return best
