"""What English abbreviations, units, currencies and signs stand for."""

from __future__ import annotations

from reader.text.abbreviations import word_set

TITLES = {
    "mr": "mister", "mrs": "missus", "ms": "miz", "mx": "mix", "dr": "doctor", "prof": "professor",
    "rev": "reverend", "hon": "honorable", "messrs": "messers", "mme": "madame",
    "mlle": "mademoiselle", "sen": "senator", "rep": "representative", "gov": "governor",
    "pres": "president", "gen": "general", "col": "colonel", "capt": "captain", "lt": "lieutenant",
    "cdr": "commander", "cmdr": "commander", "adm": "admiral", "sgt": "sergeant",
    "cpl": "corporal", "pvt": "private", "maj": "major", "insp": "inspector", "supt":
    "superintendent", "st": "saint", "ste": "saint", "mt": "mount", "ft": "fort",
    "fr": "father", "msgr": "monsignor", "amb": "ambassador", "asst": "assistant",
    "assoc": "associate", "atty": "attorney", "lieut": "lieutenant", "mons": "monsieur",
    "wm": "William", "thos": "Thomas", "tho": "Thomas", "chas": "Charles", "jas": "James",
    "geo": "George", "jno": "John", "jos": "Joseph", "robt": "Robert", "edw": "Edward",
    "saml": "Samuel", "danl": "Daniel", "benj": "Benjamin", "fredk": "Frederick",
    "nich": "Nicholas", "chr": "Christopher",
}  # fmt: skip
"""Said so before a capitalised word, with their full stop or, in most cases, without."""

TITLES_WITHOUT_STOP = word_set("mr mrs ms mx dr prof st messrs mme mlle sgt capt lt")

STOPPED = {
    "vs": "versus", "v": "versus", "etc": "et cetera", "inc": "incorporated", "ltd": "limited",
    "co": "company", "corp": "corporation", "bros": "brothers", "jr": "junior", "sr": "senior",
    "esq": "esquire", "dept": "department", "est": "established", "approx": "approximately",
    "ave": "avenue", "bldg": "building", "blvd": "boulevard", "rd": "road", "hwy": "highway",
    "pkwy": "parkway",
    "ln": "lane", "sq": "square", "apt": "apartment", "univ": "university", "assn": "association",
    "cf": "compare", "viz": "namely", "ibid": "ibid", "al": "al", "e.g": "for example",
    "i.e": "that is", "p.a": "per annum", "eg": "for example", "ie": "that is", "ca": "circa",
    "a.k.a": "also known as", "y.o": "years old",
    "ph.d": "P.H.D", "n.b": "N.B", "eds": "editors", "trans": "translated",
    "jan": "January", "feb": "February", "mar": "March", "apr": "April", "jun": "June",
    "jul": "July", "aug": "August", "sep": "September", "sept": "September", "oct": "October",
    "nov": "November", "dec": "December", "mon": "Monday", "tue": "Tuesday", "tues": "Tuesday",
    "wed": "Wednesday", "thu": "Thursday", "thur": "Thursday", "thurs": "Thursday",
    "fri": "Friday", "sat": "Saturday", "sun": "Sunday", "calif": "California",
    "mass": "Massachusetts", "conn": "Connecticut", "penn": "Pennsylvania", "fla": "Florida",
    "d.phil": "D Phil", "op.cit": "op cit", "misc": "miscellaneous", "govt": "government",
    "tel": "telephone", "min": "minutes", "hr": "hour", "hrs": "hours", "mins": "minutes",
    "secs": "seconds", "lb": "pounds", "lbs": "pounds", "oz": "ounces", "ff": "and following",
    "ms": "manuscript", "mss": "manuscripts", "lit": "literally", "incl": "including",
    "resp": "respectively", "vols": "volumes", "nos": "numbers", "pp": "pages", "figs": "figures",
    "chs": "chapters", "dir": "director", "max": "maximum", "avg": "average", "excl": "excluding",
    "fed": "federal", "civ": "civil", "crim": "criminal", "supp": "supplement",
}  # fmt: skip
"""Said so where a full stop follows. Those that are also words are in CAPITALISED_ONLY."""

CAPITALISED_ONLY = word_set(
    "jan mar jun mon wed sat sun inc penn mass conn fla co jul aug dec sep fed"
)
LOWER_ONLY = word_set("ms lit min al trans v p.a max")

OTHER_IN_CAPITALS = word_set("est sat sun mon mar ms min apt al ca lit sq ed dec")
"""Those that are not it in capitals: EST is a time, SAT a test."""

BEFORE_NUMBERS = {
    "no": "number", "nos": "numbers", "nr": "number", "p": "page", "pp": "pages", "pg": "page",
    "vol": "volume", "vols": "volumes", "ch": "chapter", "chap": "chapter", "chs": "chapters",
    "chaps": "chapters", "fig": "figure", "figs": "figures", "eq": "equation", "eqs": "equations",
    "sec": "section", "sect": "section", "art": "article", "arts": "articles", "ed": "edition",
    "par": "paragraph", "para": "paragraph", "ver": "version", "bk": "book", "pl": "plate",
    "pt": "part", "tab": "table", "ex": "example", "app": "appendix", "l": "line", "ll": "lines",
    "n": "note", "nn": "notes", "c": "circa", "ca": "circa", "fl": "flourished", "b": "born",
    "d": "died", "r": "reigned", "v": "verse", "vv": "verses", "ext": "extension", "rm": "room",
    "ste": "suite", "op": "opus", "f": "folio", "ff": "folios", "col": "column", "q": "question",
    "ser": "series", "stat": "statute", "max": "maximum", "cap": "chapter",
    "abt": "about", "circ": "circa", "fn": "footnote", "fns": "footnotes", "sc": "scene",
    "pts": "parts", "alg": "algorithm", "algs": "algorithms", "thm": "theorem",
    "thms": "theorems", "lem": "lemma", "prop": "proposition", "props": "propositions",
    "def": "definition", "defs": "definitions", "ref": "reference", "refs": "references",
    "secs": "sections", "eqn": "equation", "eqns": "equations", "tabs": "tables",
    "apps": "appendices", "lst": "listing", "min": "minimum", "avg": "average", "rte": "route",
    "hwy": "highway", "cols": "columns", "lat": "latitude", "edn": "edition",
    "fol": "folio", "fols": "folios",
    "rom": "Romans", "cor": "Corinthians", "gen": "Genesis", "lev": "Leviticus",
    "deut": "Deuteronomy", "josh": "Joshua", "judg": "Judges", "chron": "Chronicles",
    "ps": "Psalm", "prov": "Proverbs", "exod": "Exodus", "neh": "Nehemiah",
    "eccl": "Ecclesiastes", "isa": "Isaiah", "jer": "Jeremiah",
    "lam": "Lamentations", "ezek": "Ezekiel", "hos": "Hosea", "zech": "Zechariah",
    "sam": "Samuel", "kgs": "Kings", "chr": "Chronicles", "thes": "Thessalonians",
    "tim": "Timothy", "pet": "Peter", "phil": "Philippians", "mk": "Mark", "lk": "Luke",
    "jn": "John", "pss": "Psalms", "matt": "Matthew",
    "gal": "Galatians", "eph": "Ephesians", "thess": "Thessalonians",
    "heb": "Hebrews", "rev": "Revelation",
}  # fmt: skip
"""Said so where a full stop and then a figure or Roman numeral follows."""

AFTER_NUMBERS = {
    "in": ("inch", "inches"), "ft": ("foot", "feet"), "yd": ("yard", "yards"),
    "mi": ("mile", "miles"), "sec": ("second", "seconds"), "min": ("minute", "minutes"),
    "hr": ("hour", "hours"), "hrs": ("hour", "hours"), "oz": ("ounce", "ounces"),
    "lb": ("pound", "pounds"), "lbs": ("pound", "pounds"), "gal": ("gallon", "gallons"),
    "pt": ("pint", "pints"), "st": ("stone", "stone"), "qt": ("quart", "quarts"),
    "tsp": ("teaspoon", "teaspoons"),
    "tbsp": ("tablespoon", "tablespoons"), "yr": ("year", "years"), "yrs": ("year", "years"),
    "ed": ("edition", "editions"), "vols": ("volume", "volumes"), "mos": ("month", "months"),
    "wk": ("week", "weeks"), "c": ("cup", "cups"), "wks": ("week", "weeks"),
    "lg": ("large", "large"), "sm": ("small", "small"), "pkg": ("package", "packages"),
    "pkgs": ("package", "packages"), "pkt": ("packet", "packets"),
    "doz": ("dozen", "dozen"), "mo": ("month", "months"), "edn": ("edition", "editions"),
}  # fmt: skip
"""One and several, for those that have a full stop and a figure before them."""

UNITS = {
    "km": ("kilometer", "kilometers"), "m": ("meter", "meters"),
    "cm": ("centimeter", "centimeters"),
    "mm": ("millimeter", "millimeters"), "µm": ("micrometer", "micrometers"),
    "nm": ("nanometer", "nanometers"), "kg": ("kilogram", "kilograms"), "g": ("gram", "grams"),
    "mg": ("milligram", "milligrams"), "µg": ("microgram", "micrograms"),
    "µL": ("microliter", "microliters"),
    "µmol": ("micromole", "micromoles"), "µA": ("microampere", "microamperes"),
    "µV": ("microvolt", "microvolts"), "t": ("ton", "tons"),
    "l": ("liter", "liters"), "L": ("liter", "liters"), "ml": ("milliliter", "milliliters"),
    "mL": ("milliliter", "milliliters"), "cl": ("centiliter", "centiliters"),
    "ha": ("hectare", "hectares"), "ft": ("foot", "feet"), "yd": ("yard", "yards"),
    "mi": ("mile", "miles"), "lb": ("pound", "pounds"), "lbs": ("pound", "pounds"),
    "oz": ("ounce", "ounces"), "mph": ("mile per hour", "miles per hour"),
    "kph": ("kilometer per hour", "kilometers per hour"),
    "km/h": ("kilometer per hour", "kilometers per hour"),
    "m/s": ("meter per second", "meters per second"), "h": ("hour", "hours"),
    "hr": ("hour", "hours"),
    "hrs": ("hour", "hours"), "min": ("minute", "minutes"), "mins": ("minute", "minutes"),
    "s": ("second", "seconds"), "sec": ("second", "seconds"), "secs": ("second", "seconds"),
    "ms": ("millisecond", "milliseconds"), "µs": ("microsecond", "microseconds"),
    "ns": ("nanosecond", "nanoseconds"), "Hz": ("hertz", "hertz"),
    "kHz": ("kilohertz", "kilohertz"),
    "MHz": ("megahertz", "megahertz"), "GHz": ("gigahertz", "gigahertz"), "W": ("watt", "watts"),
    "kW": ("kilowatt", "kilowatts"), "MW": ("megawatt", "megawatts"),
    "kWh": ("kilowatt hour", "kilowatt hours"), "V": ("volt", "volts"), "B": ("byte", "bytes"),
    "kB": ("kilobyte", "kilobytes"), "KB": ("kilobyte", "kilobytes"),
    "MB": ("megabyte", "megabytes"), "GB": ("gigabyte", "gigabytes"),
    "TB": ("terabyte", "terabytes"), "dB": ("decibel", "decibels"), "px": ("pixel", "pixels"),
    "kJ": ("kilojoule", "kilojoules"), "kcal": ("kilocalorie", "kilocalories"),
    "cal": ("calorie", "calories"), "Pa": ("pascal", "pascals"),
    "hPa": ("hectopascal", "hectopascals"),
    "fps": ("frame per second", "frames per second"),
    "rpm": ("revolution per minute", "revolutions per minute"),
    "bpm": ("beat per minute", "beats per minute"), "dpi": ("dot per inch", "dots per inch"),
    "Mbps": ("megabit per second", "megabits per second"),
    "Gbps": ("gigabit per second", "gigabits per second"),
    "mol": ("mole", "moles"), "mmol": ("millimole", "millimoles"),
    "kPa": ("kilopascal", "kilopascals"),
    "MPa": ("megapascal", "megapascals"), "Å": ("angstrom", "angstroms"),
    "kDa": ("kilodalton", "kilodaltons"), "eV": ("electron volt", "electron volts"),
    "keV": ("kiloelectron volt", "kiloelectron volts"),
    "MeV": ("megaelectron volt", "megaelectron volts"),
    "GeV": ("gigaelectron volt", "gigaelectron volts"),
    "mV": ("millivolt", "millivolts"), "kV": ("kilovolt", "kilovolts"),
    "mA": ("milliampere", "milliamperes"), "GW": ("gigawatt", "gigawatts"),
    "MWh": ("megawatt hour", "megawatt hours"), "TWh": ("terawatt hour", "terawatt hours"),
    "Ω": ("ohm", "ohms"), "kΩ": ("kilohm", "kilohms"),
    "ppm": ("part per million", "parts per million"),
    "tsp": ("teaspoon", "teaspoons"), "tbsp": ("tablespoon", "tablespoons"),
    "Tbsp": ("tablespoon", "tablespoons"), "pts": ("point", "points"),
    "sq ft": ("square foot", "square feet"), "sq. ft": ("square foot", "square feet"),
    "sq m": ("square meter", "square meters"), "sq. m": ("square meter", "square meters"),
    "sq mi": ("square mile", "square miles"), "sq. mi": ("square mile", "square miles"),
    "cu ft": ("cubic foot", "cubic feet"), "cu. ft": ("cubic foot", "cubic feet"),
    "° C": ("degree Celsius", "degrees Celsius"),
    "° F": ("degree Fahrenheit", "degrees Fahrenheit"),
    "mmHg": ("millimeter of mercury", "millimeters of mercury"),
    "%": ("percent", "percent"), "‰": ("per mille", "per mille"),
    "°C": ("degree Celsius", "degrees Celsius"), "°F": ("degree Fahrenheit", "degrees Fahrenheit"),
    "℃": ("degree Celsius", "degrees Celsius"), "℉": ("degree Fahrenheit", "degrees Fahrenheit"),
    "°": ("degree", "degrees"), "K": ("kelvin", "kelvin"),
    "m²": ("square meter", "square meters"), "km²": ("square kilometer", "square kilometers"),
    "cm²": ("square centimeter", "square centimeters"), "m³": ("cubic meter", "cubic meters"),
    "cm³": ("cubic centimeter", "cubic centimeters"), "¢": ("cent", "cents"),
    "yr": ("year", "years"), "yrs": ("year", "years"), "wks": ("week", "weeks"),
    "KiB": ("kibibyte", "kibibytes"), "MiB": ("mebibyte", "mebibytes"),
    "GiB": ("gibibyte", "gibibytes"), "kbps": ("kilobit per second", "kilobits per second"),
    "yds": ("yard", "yards"), "qt": ("quart", "quarts"),
    "bhp": ("brake horsepower", "brake horsepower"),
    "sqm": ("square meter", "square meters"), "cu in": ("cubic inch", "cubic inches"),
    "cu. in": ("cubic inch", "cubic inches"), "µF": ("microfarad", "microfarads"),
    "mAh": ("milliampere hour", "milliampere hours"), "kN": ("kilonewton", "kilonewtons"),
    "mpg": ("mile per gallon", "miles per gallon"), "hp": ("horsepower", "horsepower"),
    "kt": ("knot", "knots"), "kts": ("knot", "knots"), "st": ("stone", "stone"),
    "N·m": ("newton meter", "newton meters"), "pct": ("percent", "percent"),
    "N": ("newton", "newtons"), "J": ("joule", "joules"),
}  # fmt: skip
UNITS |= {name.replace("µ", "μ"): said for name, said in UNITS.items()}  # the Greek letter
"""One and several of what follows a figure directly or after a space."""

PER_UNITS = {
    "s": "second", "sec": "second", "min": "minute", "h": "hour", "hr": "hour", "d": "day",
    "day": "day", "wk": "week", "week": "week", "yr": "year", "year": "year", "L": "liter",
    "l": "liter", "mL": "milliliter", "ml": "milliliter", "dL": "deciliter", "dl": "deciliter",
    "kg": "kilogram", "g": "gram", "m": "meter", "km": "kilometer", "m²": "square meter",
    "m³": "cubic meter", "cm³": "cubic centimeter", "ha": "hectare", "lb": "pound",
    "s²": "second squared", "cm²": "square centimeter",
}  # fmt: skip
"""What an amount may be given for: the litre of 5 mg/L."""

NEEDS_SPACE = frozenset(["s", "t", "K", "B", "st"])
"""Units that mean something else directly behind a figure (the 90s, 5K)."""

IN_COMPOUNDS = frozenset(["N", "J"])
"""Units that are said as such only with another one behind them (5 N m⁻²), not in 12 N. Main."""

CURRENCIES = {
    "$": ("dollar", "dollars", "cent", "cents"),
    "£": ("pound", "pounds", "penny", "pence"),
    "€": ("euro", "euros", "cent", "cents"),
    "¥": ("yen", "yen", "sen", "sen"),
    "₹": ("rupee", "rupees", "paisa", "paise"),
    "₩": ("won", "won", "jeon", "jeon"),
    "₽": ("ruble", "rubles", "kopek", "kopeks"),
    "₿": ("bitcoin", "bitcoin", "cent", "cents"),
    "₺": ("lira", "lira", "kurus", "kurus"),
    "CHF": ("Swiss franc", "Swiss francs", "centime", "centimes"),
    "kr": ("krone", "kroner", "øre", "øre"),
}
COUNTRIES = {
    "US": "U.S", "A": "Australian", "AU": "Australian", "C": "Canadian", "CA": "Canadian",
    "NZ": "New Zealand", "HK": "Hong Kong", "S": "Singapore", "R": "", "Can": "Canadian",
}  # fmt: skip
CURRENCY_CODES = {
    "USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹", "Rs": "₹", "CHF": "CHF",
    "kr": "kr",
}  # fmt: skip
SCALES = {
    "k": "thousand", "K": "thousand", "m": "million", "M": "million", "mn": "million",
    "mm": "million", "MM": "million", "b": "billion", "B": "billion", "bn": "billion",
    "Bn": "billion", "tn": "trillion", "trn": "trillion", "tr": "trillion", "T": "trillion",
}  # fmt: skip

SIGNS = {
    "&": "and", "§": "section", "§§": "sections", "¶": "paragraph", "%": "percent",
    "‰": "per mille", "°": "degrees", "©": "copyright", "=": "equals", "+": "plus", "×": "times",
    "♯": "sharp", "♭": "flat", "÷": "divided by", "±": "plus or minus", "≈": "about",
    "≠": "is not", "≤": "is at most",
    "≥": "is at least", "→": "to", "⇒": "so", "←": "from", "↔": "to and from",
    "√": "square root of", "∛": "cube root of", "∞": "infinity", "№": "number", "<": "less than",
    ">": "greater than", "∑": "sum",
    "π": "pi", "µ": "micro", "$": "dollar", "£": "pound", "€": "euro", "¥": "yen", "¢": "cent",
    "~": "about", "−": "minus", "∈": "in", "∉": "not in", "⊂": "subset of", "⊆": "subset of",
    "∪": "union", "∩": "intersection", "∀": "for all", "∃": "there exists", "∧": "and",
    "∨": "or", "¬": "not", "∅": "the empty set", "∂": "partial", "∇": "nabla", "∫": "integral of",
    "∏": "product", "∝": "is proportional to", "≡": "is equivalent to", "≪": "is much less than",
    "≫": "is much greater than", "∴": "therefore", "⊕": "plus", "⊗": "times", "·": "times",
    "∣": "given",
}  # fmt: skip

VULGAR = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5),
    "⅗": (3, 5), "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅐": (1, 7), "⅛": (1, 8), "⅜": (3, 8),
    "⅝": (5, 8), "⅞": (7, 8), "⅑": (1, 9), "⅒": (1, 10),
}  # fmt: skip

NUMBERED = word_set(
    "chapter part book act scene volume section canto phase type class title article appendix war "
    "grade level stage figure table plate psalm mark series season episode vatican factor "
    "bowl wrestlemania symphony sonata sonnet sonnets page pages chapters parts books apollo rocky"
)
"""Words after which a Roman numeral is a number."""

REIGNED = word_set(
    "henry louis george edward richard charles james william elizabeth mary john paul pius "
    "benedict "
    "gregory leo innocent clement alexander nicholas catherine frederick philip napoleon ramses "
    "ramesses ptolemy alfonso alphonse ferdinand gustav gustavus otto urban sixtus julius boniface "
    "celestine adrian haakon christian olaf olav carl karl francis franz leopold wilhelm ivan "
    "peter "
    "constantine justinian theodosius darius xerxes cyrus thutmose amenhotep seti mehmed selim "
    "baldwin umberto juan felipe robert david stephen margaret anne victor emmanuel pedro "
    "manuel joseph josef rudolf rudolph ludwig maximilian sigismund casimir ladislaus bela murad "
    "suleiman margrethe harald sweyn cnut eric magnus valdemar honorius eugene martin callixtus"
)
"""First names of kings, queens and popes: Henry VIII is "Henry the eighth"."""

SCRIPTURES = word_set(
    "genesis exodus leviticus numbers deuteronomy joshua judges ruth samuel kings chronicles "
    "ezra nehemiah esther job psalm psalms proverbs ecclesiastes songs isaiah jeremiah "
    "lamentations ezekiel daniel hosea joel amos obadiah jonah micah nahum habakkuk zephaniah "
    "haggai zechariah malachi matthew mark luke john acts romans corinthians galatians "
    "ephesians philippians colossians thessalonians timothy titus philemon hebrews james peter "
    "jude revelation surah sura gen exod kgs chr thes ex lev num "
    "deut josh judg sam chron neh esth ps prov eccl "
    "isa jer lam ezek dan hos mic hab zech mal matt mt mk lk jn rom cor gal eph phil col thess "
    "tim heb jas pet rev quran qur'an koran"
)
"""After these, 3:16 is chapter and verse."""

CITED_IN_SHORT = word_set(
    "Fig Figs Vol Vols Eq Eqs Ch Chs Hwy Rte Thm "
    "Ps Pss Gen Ex Exod Lev Deut Josh Judg Sam Kgs Chr Chron Neh Prov Eccl Isa Jer Lam Ezek Hos "
    "Zech Matt Mk Lk Jn Rom Cor Gal Eph Phil Thes Thess Tim Heb Pet Rev"
)
"""Books of the Bible and the like as they are cited without a full stop: Gen 1:1, Fig 3."""

NUMBERED_BOOKS = (
    "Samuel|Kings|Chronicles|Corinthians|Thessalonians|Timothy|Peter|John|Sam|Kgs|Chron?|Chr|Cor|"
    "Thess?|Tim|Pet|Jn"
)
"""Those there are several of, as a pattern: 1 Cor. 13:4."""

COUNTED = (
    "people|men|women|children|persons|soldiers|troops|workers|students|teachers|"
    "prisoners|refugees|migrants|voters|members|players|patients|employees|families|households|"
    "victims|villages|houses|homes|schools|ships|planes|cars|horses|words|pages|books|copies|"
    "votes|jobs|dollars|pounds|euros|francs|miles|feet|meters|metres|tons|tonnes|acres|years|"
    "days|hours|times|stars|users|readers|viewers|customers|subscribers|visitors|passengers|"
    "barrels|downloads|followers|deaths|cases|Americans|Britons"
)
"""What there are many of, as a pattern: 2013 people is no year, 1.5m people no length."""

BY_PAIRS = word_set("room suite apartment flight highway interstate route channel studio boeing")
"""After these a number of three figures is said as one reads a sign: 101 is "one oh one"."""

SERIES = word_set("rfc iso din iec ieee ansi astm nist")
"""After these a number of four figures is said by pairs: RFC 2119 is "twenty-one nineteen"."""

ELISIONS = word_set(
    "tis twas twere twill em cause til till bout round neath gainst ere kay sup cept cos coz n"
)
UNSTOPPED = {
    "etc": "et cetera", "vs": "versus", "WWI": "World War one", "WWII": "World War two",
    "aka": "also known as", "hrs": "hours", "YoY": "year over year", "QoQ": "quarter over quarter",
    "PhDs": "P.H D's", "Ctrl": "control", "edn": "edition", "Gov't": "Government",
    "Gov’t": "Government", "gov't": "government", "gov’t": "government",
}  # fmt: skip
"""Said so without a full stop as well."""

DIRECTIONS = {
    "N": "north", "S": "south", "E": "east", "W": "west", "NW": "northwest", "NE": "northeast",
    "SW": "southwest", "SE": "southeast",
}  # fmt: skip
"""Read as the direction before a numbered street or half of a land: E. 42nd St., S. Korea."""

SLASHED = {
    "w/o": "without", "c/o": "care of", "km/h": "kilometers per hour",
    "km/s": "kilometers per second", "m/s": "meters per second", "w/": "with",
    "y/o": "years old", "y/y": "year on year", "q/q": "quarter on quarter",
}  # fmt: skip

GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta",
    "η": "eta", "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu",
    "ξ": "xi", "ο": "omicron", "π": "pi", "ρ": "rho", "σ": "sigma", "ς": "sigma", "τ": "tau",
    "υ": "upsilon", "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
}  # fmt: skip
"""Letters of formulas and names (β-carotene); whole Greek words are left to the voice."""

SPELLED = word_set(
    "AKA ASAP ETA EPA GUI UAE IOU IRA ERA LAN WAN AMA ACE APA ALA AAA IOC ISA USO IPO UPI UAW EEG "
    "ECG EKG IQ EQ IMF UCL IPA IPAS ADA ADHD ODI USA IDE ILO IEA UCI FYI TBA"
)
"""Acronyms that look like words but are read by their letters."""
