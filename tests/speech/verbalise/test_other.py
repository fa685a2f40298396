"""Tests of languages other than English: reader.speech.verbalise.other."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.speech.verbalise import spoken_words
from reader.speech.verbalise.words import join_words


def said(text: str, language: str) -> str:
    return join_words(spoken_words(text, 0, len(text), language))[0]


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        pytest.param("de", "Das ist z. B. gut.", "Das ist zum Beispiel gut.", id="de abbreviation"),
        pytest.param("de", "Am 3. Oktober kam er.", "Am dritten Oktober kam er.", id="de date"),
        pytest.param("de-AT", "der 2. Weltkrieg", "der zweite Weltkrieg.", id="de ordinal"),
        pytest.param("de", "1984 war es", "neunzehnhundertvierundachtzig war es.", id="de year"),
        pytest.param(
            "de", "3,5 % von 20 km", "drei Komma fünf Prozent von zwanzig Kilometer.", id="de"
        ),
        pytest.param("de", "am 1.5.2024.", "am ersten Mai zweitausendvierundzwanzig.", id="de end"),
        pytest.param("de", "um 7.45 Uhr", "um sieben Uhr fünfundvierzig.", id="de hour by a stop"),
        pytest.param("de", "2,4 Mrd. €", "zwei Komma vier Milliarden Euro.", id="de milliards"),
        pytest.param(
            "fr", "2 Mds € de dette", "deux milliards d'euros de dette.", id="fr milliards"
        ),
        pytest.param("fr", "t. II", "tome deux.", id="fr tome"),
        pytest.param("fr", "à 8 h 05 min ici", "à huit heures cinq ici.", id="fr minutes"),
        pytest.param("es", "ss. XVI y XVII", "siglos dieciséis y diecisiete.", id="es centuries"),
        pytest.param("es", "c/ Mayor", "calle Mayor.", id="es street"),
        pytest.param(
            "de",
            "9,81 m/s² und 3,50 €/kg im Jahr",
            "neun Komma acht eins Meter pro Sekunde Quadrat und drei Euro fünfzig pro Kilogramm "
            "im Jahr.",
            id="de rates",
        ),
        pytest.param(
            "de",
            "20 mg/l, 200 €/Monat",
            "zwanzig Milligramm pro Liter, zweihundert Euro pro Monat.",
            id="de rates by words",
        ),
        pytest.param("fr", "5 g/l", "cinq grammes par litre.", id="fr rate"),
        pytest.param(
            "es",
            "1 g/l, 31 mujeres",
            "un gramo por litro, treinta y una mujeres.",
            id="es rate and women",
        ),
        pytest.param("it", "l'80% di 1 200, −5 °C", "l'80% di 1200, -5 °C.", id="it as written"),
        pytest.param("pl", "3,50 € o 14:30", "3,50 € o 14:30.", id="pl as written"),
        pytest.param("fr", "M. Dupont est là.", "monsieur Dupont est là.", id="fr monsieur"),
        pytest.param(
            "fr", "le 1er mai, 21 ans", "le premier mai, vingt et un ans.", id="fr numbers"
        ),
        pytest.param("fr", "« Oui », dit l’homme", "Oui, dit l'homme.", id="fr quotes"),
        pytest.param("es", "¿Qué pasa, Sr. López?", "Qué pasa, señor López?", id="es question"),
        pytest.param("es", "20.000 euros", "veinte mil euros.", id="es thousands"),
        pytest.param("it", "Nel 1984 «era» così", "Nel 1984 era così.", id="engine reads figures"),
        pytest.param("zh", "你好。", "你好.", id="another script"),
    ],
)
def test_each_language_is_said_by_its_own_rules(language: str, text: str, words: str) -> None:
    assert said(text, language) == words


@given(
    st.text(max_size=40),
    st.text("0123456789 .,%€kmz. B-–°", max_size=20),
    st.sampled_from(["de", "fr", "es", "pl"]),
)
def test_words_are_in_order_within_the_source(text: str, figures: str, language: str) -> None:
    whole = f"{text} {figures}"
    words = spoken_words(whole, 0, len(whole), language)
    assert all(0 <= word.start < word.end <= len(whole) for word in words)
    assert all(first.end <= second.start for first, second in pairwise(words))


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "de",
            "Am 3.4.2025, 24.12.",
            "Am dritten April zweitausendfünfundzwanzig, vierundzwanzigster Dezember.",
        ),
        (
            "de",
            "1.234,56 € und 5,– €",
            "eintausendzweihundertvierunddreißig Euro sechsundfünfzig und fünf Euro.",
        ),
        ("de", "die 90er, 1 Stunde, 2½ Std.", "die neunziger, eine Stunde, zweieinhalb Stunden."),
        (
            "de",
            "im 16. bzw. 17. Jh., S. 5 ff.",
            "im sechzehnten beziehungsweise siebzehnten Jahrhundert, Seite fünf fortfolgende.",
        ),
        (
            "de",
            "Hauptstr. 5, Tel. 030/123",
            "Hauptstraße fünf, Telefon null drei null, eins zwei drei.",
        ),
        (
            "de",
            "Unter Karl V., Ludwigs XIV. Hof, 3:2",
            "Unter Karl dem fünften, Ludwigs des vierzehnten Hof, drei zu zwei.",
        ),
        ("fr", "Le chat et ce livre. Ce n’est pas lui.", "Le chat et ce livre, Ce n'est pas lui."),
        (
            "fr",
            "Le 1/5/2020, 3,50 €, 3 M€",
            "Le premier mai deux mille vingt, trois euros cinquante, trois millions d'euros.",
        ),
        (
            "fr",
            "1 000 000 €, 1h, la Ve République",
            "un million d'euros, une heure, la cinquième République.",
        ),
        (
            "fr",
            "M. et Mme Martin, n° 5, XXe s.",
            "monsieur et madame Martin, numéro cinq, vingtième siècle.",
        ),
        (
            "fr",
            "Tél. : 01 23 45 67 89",
            "téléphone: zéro un, vingt-trois, quarante-cinq, soixante-sept, quatre-vingt-neuf.",
        ),
        (
            "fr",
            "M. J.-C. Martin est là",
            "monsieur J C Martin est là.",
        ),
        (
            "fr",
            "3/4 et 2½, 52 av. J.-C.",
            "trois quarts et deux et demi, cinquante-deux avant Jésus-Christ.",
        ),
        (
            "es",
            "El 3/4/2025, n.º 5, 2.ª",
            "El tres de abril de dos mil veinticinco, número cinco, segunda.",
        ),
        (
            "es",
            "21 libros, 21 casas, 200 páginas",
            "veintiún libros, veintiuna casas, doscientas páginas.",
        ),
        ("es", "3,50 €, s. XIX, ½", "tres euros con cincuenta, siglo diecinueve, un medio."),
        ("de", "2.1. Teil, d.h. 5.14", "zwei Punkt eins, Teil, das heißt fünf Punkt vierzehn."),
        ("fr", "voir 5.14 à a-b@c.org", "voir cinq point quatorze à a b arobase c point org."),
        ("de", "Um 14:30 Uhr.", "Um vierzehn Uhr dreißig."),
        ("de", "Um 1:00 Uhr kam er.", "Um ein Uhr kam er."),
        ("de", "Ludwig XIV. regierte.", "Ludwig der vierzehnte regierte."),
        ("de", "Im XX. Jahrhundert.", "Im zwanzigsten Jahrhundert."),
        ("de", "In Kapitel IV steht es.", "In Kapitel vier steht es."),
        ("de", "Vitamin C und Plan L.", "Vitamin C und Plan L."),
        ("fr", "À 14h30 ou 14 h 30.", "À quatorze heures trente ou quatorze heures trente."),
        ("fr", "Louis XIV et François Ier.", "Louis quatorze et François premier."),
        ("fr", "Au XVIIIe siècle, chapitre IV.", "Au dix-huitième siècle, chapitre quatre."),
        ("es", "A las 14:30 en el siglo XVI.", "A las catorce treinta en el siglo dieciséis."),
        ("es", "Felipe II y Alfonso XIII.", "Felipe segundo y Alfonso trece."),
        ("de", "x² + y² ≤ 10⁻³", "x Quadrat plus y Quadrat höchstens zehn hoch minus drei."),
        ("de", "Das kostet 3 Mrd. US-$.", "Das kostet drei Milliarden US-Dollar."),
        (
            "de",
            "1/2 l, 1/4 TL, 1½ h",
            "ein halber Liter, ein Viertel Teelöffel, eineinhalb Stunden.",
        ),
        (
            "de",
            "vom 1. bis 3.; am 5.–7. Mai",
            "vom ersten bis dritten; am fünften bis siebten Mai.",
        ),
        ("de", "Am Montag, den 12.", "Am Montag, den zwölften."),
        ("de", "K. Meier, 10115 Berlin", "K Meier, eins null eins eins fünf Berlin."),
        ("de", "Er hat 15000 Bücher.", "Er hat fünfzehntausend Bücher."),
        ("de", "e. V. mit rd. 20 Leuten", "eingetragener Verein mit rund zwanzig Leuten."),
        ("fr", "21 femmes, 1 homme, les 3es", "vingt et une femmes, un homme, les troisièmes."),
        ("fr", "5/10, 1/2 l, 3/4 h", "cinq sur dix, un demi-litre, trois quarts d'heure."),
        ("fr", "à St-Malo, av. de Paris", "à saint Malo, avenue de Paris."),
        (
            "fr",
            "1 299,00 € à 0h05",
            "mille deux cent quatre-vingt-dix-neuf euros à zéro heure cinq.",
        ),
        ("es", "1.er tomo, t. II, 500 mujeres", "primer tomo, tomo dos, quinientas mujeres."),
        ("es", "a la 1:05, 18.15 h, 1/2 l", "a la una cero cinco, dieciocho quince, medio litro."),
        ("de", "1 Mrd. Euro, 5 Mrd.", "eine Milliarde Euro, fünf Milliarden."),
        ("de", "§ 2 Abs. 3 S. 2, §§ 3", "Paragraph zwei Absatz drei Satz zwei, Paragraphen drei."),
        ("de", "2. Weltkrieg, der II. Weltkrieg", "zweiter Weltkrieg, der zweite Weltkrieg."),
        ("de", "im XX. Jahrhundert, 1. Punkt", "im zwanzigsten Jahrhundert, erster Punkt."),
        ("de", "1. Punkt", "eins, Punkt."),
        (
            "de",
            "Fa. A. u. B., H. 3 i. V. m. Gl. 7, I. Akt, 1:25.000",
            "Firma A und B, Heft drei in Verbindung mit Gleis sieben, erster Akt, "
            "eins zu fünfundzwanzigtausend.",
        ),
        ("fr", "1:25 000, Bd St-Michel", "un à vingt-cinq mille, boulevard saint Michel."),
        (
            "es",
            "JJ. OO., apdo. 2, 3.º izq.",
            "Juegos Olímpicos, apartado dos, tercero izquierda.",
        ),
        ("fr", "24h/24, 7 j/7", "vingt-quatre heures sur vingt-quatre, sept jours sur sept."),
        ("fr", "p. 2 sq., le XVe arr.", "page deux et suivante, le quinzième arrondissement."),
        ("es", "una S. L. del s. XX", "una S L del siglo veinte."),
        (
            "es",
            "la II Guerra, n. 1950, n. 5",
            "la segunda Guerra, nacido en mil novecientos cincuenta, número cinco.",
        ),
        ("es", "1 vez, pág. sig.", "una vez, página siguiente."),
    ],
)
def test_times_and_roman_numerals_are_said(language: str, text: str, expected: str) -> None:
    assert join_words(spoken_words(text, 0, len(text), language))[0] == expected


def test_syllables_of_a_thai_word_are_said_without_a_space_between() -> None:
    text = "กระท่อมหลังเล็กๆ ริมแม่น้ำ"
    words = spoken_words(text, 0, len(text), "th")
    assert len(words) > 2
    said, ranges = join_words(words)
    assert said.count(" ") == 1
    assert [said[start:end] for start, end in ranges] == [word.spoken for word in words]
    assert "น้ำ" in said


@pytest.mark.parametrize(
    ("language", "text"), [("zh", "银行的行长走在行人道上"), ("ja", "散歩しました")]
)
def test_chinese_and_japanese_words_are_said_without_a_space_between(
    language: str, text: str
) -> None:
    words = spoken_words(text, 0, len(text), language)
    said, ranges = join_words(words)
    assert said == f"{text}."
    assert [said[start:end] for start, end in ranges] == [word.spoken for word in words]
