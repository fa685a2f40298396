"""Tests of English put into words: reader.speech.verbalise with its English rules and tables."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.speech.verbalise import spoken_words
from reader.speech.verbalise.words import join_words


def said(text: str) -> str:
    return join_words(spoken_words(text, 0, len(text), "en"))[0]


SAID = {
    "cardinal": ("12,500 people and 7 dogs", "twelve thousand five hundred people and seven dogs."),
    "year": ("In 1984 it began", "In nineteen eighty-four it began."),
    "early year": ("He came in 1066.", "He came in ten sixty-six."),
    "decades": ("the 1990s, the '80s", "the nineteen nineties, the eighties."),
    "decades from and to": ("the 1960s–70s", "the nineteen sixties to seventies."),
    "hyphen behind a figure": ("an 18-year-old", "an eighteen year-old."),
    "slashes": ("and/or w/o it", "and or without it."),
    "letters with stops": ("the h.c. now", "the H.C now."),
    "part of a decade": ("the mid-1980s", "the mid-nineteen eighties."),
    "ordinals": ("the 1st and 22nd", "the first and twenty-second."),
    "decimal": ("It is 3.14", "It is three point one four."),
    "leading zeros": ("agent 007", "agent zero zero seven."),
    "negative": ("at -5 or −12", "at minus five or minus twelve."),
    "date": ("Jan. 5, 1984", "January fifth, nineteen eighty-four."),
    "day first": ("on 5 May 1984", "on the fifth of May nineteen eighty-four."),
    "date in figures": ("5/3/1984", "May third, nineteen eighty-four."),
    "ISO date": ("2024-05-03", "May third, twenty twenty-four."),
    "days": ("May 3–5", "May third to fifth."),
    "time": ("at 5:30 p.m. sharp", "at five thirty P.M sharp."),
    "hour": ("at 5pm", "at five P.M."),
    "full hour": ("at 12:00", "at twelve o'clock."),
    "time with oh": ("at 10:05", "at ten oh five."),
    "money": ("$5.50 or £3", "five dollars and fifty cents or three pounds."),
    "millions": ("$5 million", "five million dollars."),
    "short billions": ("£3.2bn", "three point two billion pounds."),
    "one dollar": ("$1", "one dollar."),
    "a bill": ("a $20 bill", "a twenty dollar bill."),
    "country's dollar": ("US$100", "one hundred U.S dollars."),
    "euros behind": ("5 €", "five euros."),
    "percent": ("5-10% of it", "five to ten percent of it."),
    "units": ("5 km at 60 mph", "five kilometers at sixty miles per hour."),
    "one unit": ("1 kg", "one kilogram."),
    "temperature": ("72°F", "seventy-two degrees Fahrenheit."),
    "feet and inches": ("5'10\" tall", "five foot ten tall."),
    "fractions": ("1/2 and 3/4", "one half and three quarters."),
    "mixed fraction": ("2½ cups", "two and a half cups."),
    "marks out of": ("8/10", "eight out of ten."),
    "year range": ("1914–18", "nineteen fourteen to eighteen."),
    "decade in old money": ("the '80s, at 10s. 6d.", "the eighties, at ten shillings six pence."),
    "exposure": ("at 1/250s", "at one two hundred fiftieth of a second."),
    "bars": ("in 3/4 time", "in three four time."),
    "psalm without a stop": ("Ps 23 here", "Psalm twenty-three here."),
    "book and verses": ("Gen 1:1-5", "Genesis one, one to five."),
    "numbered book": ("read 1 Cor 13", "read first Corinthians thirteen."),
    "numbered book, whole name": ("2 Kings 5:1", "second Kings five, one."),
    "kings are no book": ("the 2 Kings met", "the two Kings met."),
    "blood pressure": ("BP was 120/80.", "BP was one hundred twenty over eighty."),
    "pressure with its unit": (
        "120/80 mmHg",
        "one hundred twenty over eighty millimeters of mercury.",
    ),
    "amount in a time": ("4 g/24 h", "four grams per twenty-four hours."),
    "minutes and seconds": ("3'43\" off", "three minutes forty-three off."),
    "footnote": ("fn. 12", "footnote twelve."),
    "date that ends a sentence": ("12/31/2024.", "December thirty-first, twenty twenty-four."),
    "either of two": ("5 m / 16 ft", "five meters, sixteen feet."),
    "at a price": ("3 @ $15/hr", "three at fifteen dollars per hour."),
    "yearly": ("5% p.a. now", "five percent per annum now."),
    "who speaks": ("the part I like in the book I read", "the part I like in the book I read."),
    "kinds": ("a type I error, types I and II", "a type one error, types one and two."),
    "acts": ("Act I. Scene I. Elsinore.", "Act one. Scene one. Elsinore."),
    "cited without a stop": (
        "Fig 3a of Vol 2, see No 5",
        "figure three a of volume two, see number five.",
    ),
    "edited": ("ed. Jones; Smith, ed.; 2nd ed.", "edited by Jones; Smith, editor; second edition."),
    "screen": ('a 24" screen', "a twenty-four inch screen."),
    "quoted figure": ('"born in 1984" then', "born in nineteen eighty-four then."),
    "board": ("a 6' x 4' board", "a six foot by four foot board."),
    "stones": ("It was 12 st 4 lb", "It was twelve stone four pounds."),
    "century after a space": ("the 21st c. began", "the twenty-first century began."),
    "hours and minutes": ("1h 20m later", "one hour twenty minutes later."),
    "dose": ("5 mg/kg/day", "five milligrams per kilogram per day."),
    "inches and a part": ("2-1/2-inch pipe", "two and a half inch pipe."),
    "eighths": ("7/8ths full", "seven eighths full."),
    "only cents": ("$.50 each", "fifty cents each."),
    "equals after a stop": ("d.f. = 12", "D.F equals twelve."),
    "columns": ("cols. A–F", "columns A to F."),
    "stammer": ("I–I don't", "I I don't."),
    "number of": ("the no. of people", "the number of people."),
    "least": ("min. 3 hrs, 5 min. later", "minimum three hours, five minutes later."),
    "date with hyphens": ("on 10-12-2020", "on October twelfth, twenty twenty."),
    "hours of work": ("1500 hours of work", "one thousand five hundred hours of work."),
    "at an hour": ("at 1930 hrs", "at nineteen thirty hours."),
    "short years": ("'98–'99", "ninety-eight to ninety-nine."),
    "acceleration": ("9.8 m s⁻²", "nine point eight meters per second squared."),
    "with a slash": ("9.8 m/s²", "nine point eight meters per second squared."),
    "per liter": ("5 mol L⁻¹", "five moles per liter."),
    "per two units": ("4 W m⁻² K⁻¹", "four watts per square meter kelvin."),
    "wave number": ("1,600 cm⁻¹", "one thousand six hundred per centimeter."),
    "no space behind a stop": (
        "p.12, No.5 c.1850",
        "page twelve, number five circa eighteen fifty.",
    ),
    "time by a stop": ("at 3.30 he left", "at three thirty he left."),
    "no time": ("at 2.50 m", "at two point five zero meters."),
    "part of a unit": (
        "¼ tsp, 3/4 cup, 1/2 hr",
        "one quarter teaspoon, three quarters cup, one half hour.",
    ),
    "unit by a hyphen": ("1 (14-oz) can", "one, fourteen ounce, can."),
    "strand": ("5′-ATG-3′", "five prime ATG three."),
    "charges": ("Ca²⁺ and Na⁺", "Ca two plus and Na plus."),
    "negative power": ("x⁻¹", "x to the minus first."),
    "half-life": ("t½", "t half."),
    "cars": ("two 4x4s", "two four by fours."),
    "from noon": ("noon–6pm", "noon to six P.M."),
    "items": ("(i) one; (ii) two; f(i)", "one, one; two, two; f of i."),
    "against": ("87.3 v. 82.1", "eighty-seven point three versus eighty-two point one."),
    "two rulers": ("Charles I and II", "Charles the first and the second."),
    "a section's letter": ("Section B.3.1 here", "Section B three point one here."),
    "lettered appendix": ("Appendix C, Section D.2", "Appendix C, Section D two."),
    "fiftieth chapter": ("Chapter L and Psalm C", "Chapter fifty and Psalm one hundred."),
    "what is a ruler's": ("Elizabeth I's reign", "Elizabeth the first's reign."),
    "first article": ("Art. I, § 8 of it", "article one, section eight of it."),
    "born in a month": ("he, b. Jan. 5, 1929", "he, born January fifth, nineteen twenty-nine."),
    "short date by stops": ("on 31.12.99", "on December thirty-first, nineteen ninety-nine."),
    "squared function": ("sin²θ", "sin squared theta."),
    "equals nothing": ("A ∩ B = ∅", "A intersection B equals the empty set."),
    "Spanish title": ("with Sr. García", "with señor García."),
    "senior": ("John Smith Sr. Jones", "John Smith senior Jones."),
    "scene": ("Act III, sc. ii", "Act three, scene two."),
    "figures grouped by stops": ("1.000.000 people", "one million people."),
    "lines of a screen": ("a 1080p screen", "a ten eighty p screen."),
    "pence": ("for 10p", "for ten pence."),
    "shillings by a stroke": ("at 5/- each", "at five shillings each."),
    "stone and pounds": ("at 9st 3lb", "at nine stone three pounds."),
    "three sizes": ("a 36-24-36", "a thirty-six twenty-four thirty-six."),
    "century in short": ("a 19th-c. house", "a nineteenth century house."),
    "born in short year": ("x, b. '72", "x, born seventy-two."),
    "lettered places": ("at 514a–520a", "at five hundred fourteen a to five hundred twenty a."),
    "grades": ("grades K–12", "grades K twelve."),
    "parts in numerals": ("Pts. I–III", "parts one to three."),
    "two sums in dollars": ("US$5–US$10", "five U.S dollars to ten U.S dollars."),
    "prices from and to": ("€1.50–€2", "one euro and fifty cents to two euros."),
    "form": ("a Form 10-K", "a Form ten K."),
    "sharp and flat": ("in C♯ or B♭", "in C sharp or B flat."),
    "a spaced degree": ("at 350° F. Then", "at three hundred fifty degrees Fahrenheit, Then."),
    "area": ("1,200 sq. ft. of", "one thousand two hundred square feet of."),
    "chemistry": ("10⁻⁶ mol/L", "ten to the minus sixth moles per liter."),
    "spoons": ("1 tsp salt, ½ c. milk", "one teaspoon salt, one half cup milk."),
    "pages": ("pp. 3–5", "pages three to five."),
    "saint at a number": ("at 9 St. Ann's Rd. now", "at nine saint Ann's road now."),
    "stone": ("he weighed 12 st. and more", "he weighed twelve stone and more."),
    "before Christ": ("In 800 B.C. it fell", "In eight hundred B.C it fell."),
    "a time in capitals": ("at 5 PM EST. then", "at five P.M EST then."),
    "formulas": ("a drop of H₂O with CO₂ in it", "a drop of H two O with CO two in it."),
    "powers": (
        "10^6, 6×10²³, 10⁻³",
        "ten to the sixth, six times ten to the twenty-third, ten to the minus third.",
    ),
    "a minus between": ("x² − 1", "x squared minus one."),
    "cents behind a comma": (
        "€3,50 or €1,250",
        "three euros and fifty cents or one thousand two hundred fifty euros.",
    ),
    "both titles": ("Mr. & Mrs. Smith", "mister and missus Smith."),
    "chapter and verse": ("John 3:16–18", "John three, sixteen to eighteen."),
    "figure by figure": ("a 4-4-2", "a four four two."),
    "a room": ("Room 101", "Room one oh one."),
    "a postal code": ("ZIP 90210", "ZIP nine zero two one zero."),
    "less than": ("<3", "less than three."),
    "roman page": ("p. xii", "page twelve."),
    "phone": ("555-123-4567", "five five five, one two three, four five six seven."),
    "version": ("v2.0.1", "version two point zero point one."),
    "sum": ("2 + 2 = 4", "two plus two equals four."),
    "power": ("E = mc²", "E equals mc squared."),
    "chapter": ("Chapter IV", "Chapter four."),
    "king": ("Henry VIII", "Henry the eighth."),
    "king's": ("Louis XVI's wife", "Louis the sixteenth's wife."),
    "war": ("World War II", "World War two."),
    "pronoun I": ("as Charles I am", "as Charles I am."),
    "numeral alone": ("III", "three."),
    "mister": ("Mr. Jonze and Ms. Johannson", "mister Jonze and miz Johannson."),
    "saint and street": ("St. Paul lives on 3rd St.", "saint Paul lives on third street."),
    "doctor and drive": ("Dr. Smith, Elm Dr.", "doctor Smith, Elm drive."),
    "number five": ("No. 5 is here", "number five is here."),
    "no": ("No. He won't.", "No, He won't."),
    "for example": ("e.g. this", "for example this."),
    "that is": ("one, i.e. me", "one, that is me."),
    "letters": ("the U.S. Senate", "the U.S Senate."),
    "letters owned": ("the U.S.'s plan", "the US's plan."),
    "initials": ("J. R. R. Tolkien", "J R R Tolkien."),
    "initial A": ("George A. Romero", "George A- Romero."),
    "letter A": ("Vitamin A is good", "Vitamin A- is good."),
    "article": ("Such A Day. A man", "Such A Day, A man."),
    "doubled a": ("makes a a great", "makes a a great."),
    "degree": ("a Ph.D. in art", "a P.H.D in art."),
    "and": ("Smith & Co. grew", "Smith and company grew."),
    "section": ("§ 12", "section twelve."),
    "arrow": ("a → b", "a to b."),
    "mail": ("to a.b@example.org", "to a dot b at example dot org."),
    "link": ("see https://www.example.org/p?q=1.", "see link to example dot org."),
    "domain": ("at example.org.uk", "at example dot org dot U.K."),
    "file": ("in notes.txt", "in notes dot txt."),
    "hashtag": ("#metoo #5", "hashtag metoo number five."),
    "emoji": ("yes 👍❤️", "yes thumbs up red heart."),
    "dash": ("read—write -- wait", "read, write, wait."),
    "ellipsis": ("wait… what", "wait, what."),
    "brackets": ("one (or two) more", "one, or two, more."),
    "word(s)": ("the word(s) [t]here", "the words there."),
    "quotes": ("“Her” is ‘it’", "Her is it."),
    "apostrophes": ("’tis o’clock don’t", "'tis o'clock don't."),
    "rock and roll": ("rock ’n’ roll", "rock and roll."),
    "shouting": ("THE END OF IT", "the end of it."),
    "acronyms": ("NASA and the FBI", "NASA and the FBI."),
    "plural acronym": ("two PCs", "two P C's."),
    "mixed": ("H2O, MP3, COVID-19", "H two O, MP three, COVID nineteen."),
    "question": ("Really?!", "Really?"),
    "no-break spaces": ("a\u00a0b\u202fc", "a b c."),
    "list number": ("1. First", "one, First."),
    "ligature and accents": ("ﬁne cafe\u0301", "fine café."),
    "wide and other digits": ("１２ and ٣", "twelve and three."),
    "unfinished": ("He said:", "He said:"),
    "checksum": ("at e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b93", "at a long code."),
    "opening hours": (
        "Mon.-Fri. 9am–5pm, Sat–Sun 8:00-17:30",
        "Monday to Friday nine A.M to five P.M, Saturday to Sunday eight o'clock to "
        "seventeen thirty.",
    ),
    "months short": (
        "Jan.–Mar., 5 Dec, Dec 24.",
        "January to March, the fifth of December, December twenty-fourth.",
    ),
    "rates": (
        "5 mg/L at 3 m/s, in km/s",
        "five milligrams per liter at three meters per second, in kilometers per second.",
    ),
    "what measures a noun": (
        "a 5km run of 5km, a $23m budget of $23m",
        "a five kilometer run of five kilometers, a twenty-three million dollar budget of "
        "twenty-three million dollars.",
    ),
    "seconds": (
        "9.58s and 3:43.13",
        "nine point five eight seconds and three forty-three point one three.",
    ),
    "feet": ("6ft 2in", "six foot two."),
    "times as much": ("3x faster than 3x", "three times faster than three x."),
    "products": (
        "3 × 5 = 15, 10×15 cm, 2×10⁻³ kg, 6.02e23",
        "three times five equals fifteen, ten by fifteen centimeters, two times ten to the minus "
        "third kilograms, six point zero two times ten to the twenty-third.",
    ),
    "Greek letters": ("β-carotene, Δx, λ", "beta-carotene, delta x, lambda."),
    "ratings": ("8.0/10, 4.5/5", "eight point zero out of ten, four point five out of five."),
    "even chances": ("a 50-50 chance", "a fifty fifty chance."),
    "centuries": ("13th–14th-century walls", "thirteenth to fourteenth century walls."),
    "possessive year": (
        "2024's best, 1000s of them",
        "twenty twenty-four's best, thousands of them.",
    ),
    "hours of the day": ("at 0700 hours", "at oh seven hundred hours."),
    "old money": (
        "£2 10s and 14s 6d in his 20s",
        "two pounds ten shillings and fourteen shillings six pence in his twenties.",
    ),
    "seconds and decades": ("in 45s, in the 30s", "in forty-five seconds, in the thirties."),
    "scripture in short": (
        "Rom. 8:28, Qur’an 2:255, Hamlet 3.1.56",
        "Romans eight, twenty-eight, Qur'an two, two hundred fifty-five, Hamlet three "
        "point one point fifty-six.",
    ),
    "owned by capitals": ("the UN’s and two 911s", "the UN's and two nine hundred eleven's."),
    "isotope": ("¹⁴C, x²", "fourteen C, x squared."),
    "on the map": ("40°26′46″N", "forty degrees twenty-six minutes forty-six seconds north."),
    "other money": (
        "CHF 20, Rs. 500, 10 kr",
        "twenty Swiss francs, five hundred rupees, ten kroner.",
    ),
    "spaced thousands": (
        "1 000 000 of 0800 123 456",
        "one million of zero eight zero zero, one two three, four five six.",
    ),
    "year of a colophon": ("MDCCLXXVI", "seventeen seventy-six."),
    "link with brackets": (
        "https://en.wikipedia.org/wiki/Her_(film)",
        "link to en dot wikipedia dot org.",
    ),
    "house number": ("221B Baker Street", "two twenty-one B Baker Street."),
    "act and scene": (
        "Hamlet (III.i.56–88) is the best.",
        "Hamlet, three, one, fifty-six to eighty-eight, is the best.",
    ),
    "verses in Roman numerals": (
        "Rom. i. 20; Gen. xii. 3; Ps. cxix.",
        "Romans one twenty; Genesis twelve three; Psalm one hundred nineteen.",
    ),
    "a name no verse": ("Mark did it; Mark i. 3.", "Mark did it; Mark one three."),
    "duration and clock": (
        "It took 2:01:09 from 14:01:09.",
        "It took two hours, one minute, nine seconds from fourteen oh one and nine seconds.",
    ),
    "two temperatures": (
        "at 180°C/350°F/gas 4",
        "at one hundred eighty degrees Celsius or three hundred fifty degrees Fahrenheit "
        "or gas four.",
    ),
    "spoons and a half": (
        "1½ tsp salt, 2-1/2 in. nails",
        "one and a half teaspoons salt, two and a half inches nails.",
    ),
    "years old, year on year": (
        "a man (34 y/o), up 12% y/y",
        "a man, thirty-four years old, up twelve percent year on year.",
    ),
    "lakhs": ("Rs. 500 or ₹1,50,000", "five hundred rupees or one hundred fifty thousand rupees."),
    "scale of a map": ("a scale of 1:50,000", "a scale of one to fifty thousand."),
    "lived from about to about": (
        "fl. 1320–c. 1350",
        "flourished thirteen twenty to circa thirteen fifty.",
    ),
    "aeroplane": (
        "a Boeing 747-400 and form 990-220",
        "a Boeing seven forty-seven four hundred and form nine hundred ninety two hundred twenty.",
    ),
    "three figures of a house": (
        "742 Evergreen Avenue, but 150 people",
        "seven forty-two Evergreen Avenue, but one hundred fifty people.",
    ),
    "numerals with an ending": (
        "the XXth century, IInd Army",
        "the twentieth century, second Army.",
    ),
    "numbered pages before the text": (
        "pp. xi–xiii, and MMXX",
        "pages eleven to thirteen, and twenty twenty.",
    ),
    "keys": ("Press Ctrl+C now.", "Press control plus C now."),
    "price of a kilogram": ("the $/kg price", "the dollar per kilogram price."),
    "at sign alone": ("3 dogs @ home", "three dogs at home."),
    "unit named twice": (
        "5%–10%, 5cm–10cm, 20°C–25°C",
        "five to ten percent, five to ten centimeters, twenty to twenty-five degrees Celsius.",
    ),
    "longitude": (
        "lat. 51°30′N, long. 0°7′W; it was long. 5 came.",
        "latitude fifty-one degrees thirty minutes north, longitude zero degrees seven minutes "
        "west; it was long five came.",
    ),
    "prize": ("the $1,000,000 prize", "the one million dollar prize."),
    "parts of figures": (
        "Fig. 3a–c, Eqs. (4)–(6), parts (a)–(c).",
        "figure three a to c, equations, four to six, parts, a to c.",
    ),
    "short form that owns": ("Smith et al.'s work", "Smith et al's work."),
    "letters, no rupees": ("the 3 Rs, 500 Rs", "the three Rs, five hundred rupees."),
    "month and year": ("in Oct 2021, Mar 3", "in October twenty twenty-one, March third."),
    "a tenth of it": ("1/10 of it, 8/10", "one tenth of it, eight out of ten."),
    "midnight": ("at 00:00", "at midnight."),
    "torque": ("10 N·m, ∛8", "ten newton meters, cube root of eight."),
    "doctor's": ("the Dr.'s discourse", "the doctor's discourse."),
    "ruler with an ending": ("King Henry VIIIth's Voyage", "King Henry the eighth's Voyage."),
    "length by length": (
        "10 cm × 5 cm, but 3 × 2 = 6 cm",
        "ten centimeters by five centimeters, but three times two equals six centimeters.",
    ),
    "figures as Europe writes them": (
        "€1.000,50; 1.234,56; 1'234.50",
        "one thousand euros and fifty cents; one thousand two hundred thirty-four point five six; "
        "one thousand two hundred thirty-four point five zero.",
    ),
    "moment": ("2020-05-05T10:00Z", "May fifth, twenty twenty, ten o'clock U.T.C."),
    "figure with a capital": ("a 1.5T scanner", "a one point five T scanner."),
    "decimals with letters": (
        "3.5pp, 4.7in, the 97.5th, 2.0TDI",
        "three point five percentage points, four point seven inches, the ninety-seven point "
        "fifth, two point zero TDI.",
    ),
    "a list without spaces": (
        "10,12,14,150 or 1/12,345,678",
        "ten, twelve, fourteen, one hundred fifty or one out of twelve million three hundred "
        "forty-five thousand six hundred seventy-eight.",
    ),
    "what runners and savers say": (
        "a 10k run at 7:05/mi with a 401(k)",
        "a ten k run at seven oh five per mile with a four oh one k.",
    ),
    "short forms": (
        "c. £12k, €3.4 trn, Bldg. 3, 2nd edn, 10**6, 15-20kts",
        "circa twelve thousand pounds, three point four trillion euros, building three, second "
        "edition, ten to the sixth, fifteen to twenty knots.",
    ),
    "number and hashtag": (
        "Order #A-1234, #MeToo",
        "Order number A twelve thirty-four, hashtag MeToo.",
    ),
    "directions": (
        "S. Korea, NW 10th St., E. 42nd St., N. Smith",
        "south Korea, northwest tenth street, east forty-second street, N Smith.",
    ),
    "millions of people": (
        "1.5m people, 1.5m tall, 3tn",
        "one point five million people, one point five meters tall, three trillion.",
    ),
    "half a penny": ("3s. 2½d. for it", "three shillings two and a half pence for it."),
    "units of the last years": (
        "1,024 KiB, 5 yds, 100µF",
        "one thousand twenty-four kibibytes, five yards, one hundred microfarads.",
    ),
    "starred letters": ("He watched M*A*S*H.", "He watched MASH."),
    "marks of a school": ("an A-, a B– and a C+.", "an A- minus, a B minus and a C plus."),
    "hyphens left open": ("A- and B-roads", "A, and B-roads."),
    "blood": ("type O− and AB- donors", "type O negative and AB negative donors."),
    "airliners": (
        "two 747s, 737 MAX 8s, A380s, F16s",
        "two seven forty-sevens, seven hundred thirty-seven MAX eights, A three hundred eighties, "
        "F sixteens.",
    ),
    "both signs": ("y = ±√2", "y equals plus or minus square root of two."),
    "verses on": ("Matt. 5:3ff.", "Matthew five, three and following."),
    "days with short months": (
        "1 Jan.–31 Dec.",
        "the first of January to the thirty-first of December.",
    ),
    "hyphened measures": ("a 6-ft-tall man", "a six foot tall man."),
    "oven": (
        "350°F/180°C/Gas 4",
        "three hundred fifty degrees Fahrenheit or one hundred eighty degrees Celsius or Gas four.",
    ),
    "corps": ("II Corps, XVIII Airborne Corps", "second Corps, eighteenth Airborne Corps."),
    "old ordinals": (
        "the 2d and the 22d regiment, July 3d, 10s. 6d. on the 2d",
        "the second and the twenty-second regiment, July third, ten shillings six pence on the "
        "second.",
    ),
    "odds": ("odds of 7/2, the 5/2 favourite", "odds of seven to two, the five to two favourite."),
}


@pytest.mark.parametrize(("text", "words"), SAID.values(), ids=SAID.keys())
def test_english_is_said_as_a_reader_would(text: str, words: str) -> None:
    assert said(text) == words


@pytest.mark.parametrize("text", ["***", "—", "", "…", "  \n", "\u200d", "()", "----"])
def test_what_holds_no_word_is_not_said(text: str) -> None:
    assert said(text) == ""


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        pytest.param("In 1984, Mr. Poe", ["In", "1984", "Mr.", "Poe"], id="numbers and titles"),
        pytest.param("a $5 million deal", ["a", "$5", "million", "deal"], id="money"),
        pytest.param("at 5:30 p.m. now", ["at", "5:30", "p.m.", "now"], id="time"),
        pytest.param("don’t self-made", ["don’t", "self-made"], id="compounds"),
        pytest.param("love\u00a0it 👍🏽!", ["love", "it", "👍🏽"], id="emoji"),
    ],
)
def test_each_piece_is_a_word_as_a_reader_counts_them(text: str, pieces: list[str]) -> None:
    words = spoken_words(text, 0, len(text), "en")
    assert [text[word.start : word.end] for word in words] == pieces


UGLY_WORDS = (
    "Mr. Dr St. No. p. 5 12,500 1984 '80s $5 £3.20 million 3rd 1/2 ½ x² II IV Henry I A a "
    "e.g. U.S. Ph.D. 5:30 p.m. May 3–5 1914–18 -5 °C % km & § → # @ a@b.org www.a.org/x "
    "v2.0.1 https:// ‘ ’ “ ” ( ) [ ] ... … — - -- . ? ! , ; : \n \u00a0 "
    "😀 ❤️ ٣ ① Ⅳ ² ₂ "
    "THE END word(s) don’t 你好 é e\u0301 \u200d 555-1234 007 1,2 3.4.5 +1 = < > ~ * _ / "
)
UGLY_TEXT = st.lists(
    st.one_of(
        st.sampled_from(UGLY_WORDS.split(" ")),
        st.text(max_size=4),
    ),
    max_size=14,
).flatmap(lambda parts: st.sampled_from([" ".join(parts), "".join(parts)]))


@given(UGLY_TEXT)
def test_english_words_are_in_order_within_the_source_and_hold_no_figures(text: str) -> None:
    words = spoken_words(text, 0, len(text), "en")
    assert all(0 <= word.start < word.end <= len(text) for word in words)
    assert all(first.end <= second.start for first, second in pairwise(words))
    spoken, ranges = join_words(words)
    assert not any(letter.isdigit() for letter in spoken)
    assert not re.search(r"[\"“”‘’()\[\]…—–/\n\u00a0]", spoken)
    assert [spoken[start:end] for start, end in ranges] == [word.spoken for word in words]
    assert all(word.spoken == word.spoken.strip() != "" for word in words)


@given(UGLY_TEXT)
def test_only_the_stops_an_engine_knows_are_spoken(text: str) -> None:
    words = spoken_words(text, 0, len(text), "en")
    assert {word.stop for word in words} <= {"", ",", ";", ":", ".", "?", "!"}
    assert not words or words[-1].stop


def test_every_letter_of_real_prose_is_in_a_piece(shared_inputs: Path) -> None:
    text = (shared_inputs / "her-review.txt").read_text(encoding="utf-8")
    words = spoken_words(text, 0, len(text), "en")
    inside = set().union(*(range(word.start, word.end) for word in words))
    assert [at for at, letter in enumerate(text) if letter.isalnum() and at not in inside] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Version 4.1s of 2020/09/30.",
            "Version four point one s of September thirtieth, twenty twenty.",
        ),
        ("It took 4.1s.", "It took four point one seconds."),
        ("See v1.0a or V4.0.", "See version one point zero a or version four point zero."),
        ("Use 2.0rc1, 1.0b2.", "Use two point zero rc one, one point zero b two."),
        (
            "A V8 with GPT-3.5 and Qt6.05.",
            "A V eight with GPT three point five and Qt six point zero five.",
        ),
        ("By RFC 2119 and ISO 9001.", "By RFC twenty-one nineteen and iso nine thousand one."),
        ("See Thm. 3 and App. B.", "See theorem three and appendix B."),
        ("Let f(x) = x^2 + y^n.", "Let f of x equals x squared plus y to the n."),
        ("So 10^-3 and z^-1, O(n).", "So ten to the minus third and z to the minus first, O of n."),
        ("Here x ∈ A ∪ B, ∀y.", "Here x in A union B, for all y."),
        ("Take 10 μL at 5 μm.", "Take ten microliters at five micrometers."),
        ("Use -v, the suffix -ing.", "Use v, the suffix ing."),
        ("In /etc/passwd, ~/.bashrc.", "In slash etc slash passwd, tilde slash dot bashrc."),
        (r"In C:\Windows\x_y, yes.", "In C colon backslash Windows backslash x underscore y, yes."),
        ("He and/or she: 1/2 of it.", "He and or she: one half of it."),
        ("Run ./a.out, then /bin.", "Run dot slash a dot out, then slash bin."),
        ("See Section 5.10 and Chapter 2.", "See Section five point ten and Chapter two."),
        ("It is 5.10 long.", "It is five point one zero long."),
        ("Copyright © 1997 Jane Doe.", "Copyright nineteen ninety-seven Jane Doe."),
        (
            "Ask Jo <jo@example.org>, as 2 < 3.",
            "Ask Jo jo at example dot org, as two less than three.",
        ),
        ("Put <name> here.", "Put name here."),
        (
            "At 1667 K Street NW, Washington, DC 20006.",
            "At sixteen sixty-seven K Street NW, Washington, DC two zero zero zero six.",
        ),
        ("It is 300 K there.", "It is three hundred kelvin there."),
        ("It costs $1.5M/yr now.", "It costs one point five million dollars per year now."),
        ("It makes $20/hour.", "It makes twenty dollars per hour."),
        ("See p. 10ff. for more.", "See page ten and following for more."),
        ("The 1980–1990s passed.", "The nineteen eighty to nineteen nineties passed."),
        ("Some 2013 people came.", "Some two thousand thirteen people came."),
        ("In 1984 people hoped.", "In nineteen eighty-four people hoped."),
        ("The 2013 houses stand.", "The twenty thirteen houses stand."),
        ("He read [the] book [a] day.", "He read the book a day."),
    ],
)
def test_years_counts_rates_and_brackets_are_told_apart(text: str, expected: str) -> None:
    assert join_words(spoken_words(text, 0, len(text), "en"))[0] == expected
