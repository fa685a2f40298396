"""Words that take a full stop without ending a sentence, and words that begin one, by language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """What one language's full stops may follow. All in lower case, without the last stop.

    `titles` stand before a name and never end a sentence. `before_numbers` do so only before a
    figure. `inner` never end a sentence whatever follows. `closing` may end one: they do when a
    word of `starters` follows. `starters` are words that begin a sentence far more often than they
    stand capitalised within one. `months` and days follow a time of day or a day's number.
    """

    titles: frozenset[str]
    before_numbers: frozenset[str]
    inner: frozenset[str]
    closing: frozenset[str]
    starters: frozenset[str]
    months: frozenset[str]
    has_ordinal_stop: bool = False


def word_set(words: str) -> frozenset[str]:
    """Return the words of a string that lists them with spaces between."""
    return frozenset(words.split())


LETTERED = word_set("app fig figs tab sec eq ex pl alg col cols")
"""English abbreviations that a capital letter may follow instead of a number."""

ENGLISH = Abbreviations(
    titles=word_set(
        "mr mrs ms mx dr prof rev hon messrs mmes mme mlle fr sen rep gov pres gen col capt cpt "
        "lt lieut cdr cmdr adm sgt cpl pvt maj brig sr supt insp det st ste mt ft pt msgr asst "
        "assoc wm thos tho chas jas geo jno jos robt edw edwd saml danl benj fredk nich chr jer "
        "atty dir amb treas sec sgts profs drs revs sens reps gens cols capts lts mons coll"
    ),
    before_numbers=word_set(
        "no nos nr p pp pg pgs vol vols ch chap chs chaps fig figs eq eqs eqn sec sect art arts "
        "ed eds op par para pars v vv vs l ll n nn c ca fl r d b bk bks pl app ser ex exs tab "
        "ver q col cols lib cap stat sp spp jan feb mar apr jun jul aug sep sept oct nov dec est "
        "tel ext rm apt ste circa approx max min avg "
        "rte hwy lat cols edn "
        "fn fns pts alg algs thm thms lem prop props def defs ref refs secs eqns tabs apps lst rfc "
        "rom cor lev deut josh judg chron neh prov eccl isa jer lam ezek hos obad mic hab zeph "
        "zech mal matt gal eph thess philem heb jas ps rev gen"
    ),
    inner=word_set(
        "e.g i.e eg ie cf viz vs c.f q.v n.b p.s approx ca incl resp esp sc scil s.v c.v u.s.s "
        "h.m.s m/v abbr dir lit trans ibid op.cit loc.cit aka a.k.a f/k/a d/b/a civ crim evid supp "
        "excl"
    ),
    closing=word_set(
        "inc ltd co corp llc plc bros etc jr sr esq al ave blvd rd st ln dr hwy pkwy sq dept univ "
        "assn dist est ft in oz lb lbs hr hrs min mins sec secs mi yd yds gal pt qt tsp tbsp cm mm "
        "km kg mg ml kb mb gb a.m p.m am pm b.c a.d b.c.e c.e ph.d m.d b.a m.a b.sc m.sc d.d.s "
        "d.phil ll.d ll.b m.b.a r.n u.s u.k u.n u.s.a e.u u.s.s.r d.c n.y l.a a.k.a ibid "
        "cal calif mass conn penn tex fla ariz mich minn wis ill ind tenn ky va wash ore colo okla "
        "ga ala miss mo ark kan neb nev mon tues wed thu thur thurs fri sat sun "
        "jan feb mar apr jun jul aug sep sept oct nov dec ed eds v fed lg pkg pkgs pkt doz"
    ),
    starters=word_set(
        "the a an this that these those he she it they we you i his her its their our your my "
        "there here what when where who why how which in on at by for from with without after "
        "before as if but and or so yet not no yes then now while although though because since "
        "until unless once one some many most all each every any both few several another other "
        "such more less only even just still also again perhaps maybe however therefore "
        "meanwhile moreover is are was were do does did have has had can could will would should "
        "may might must let to of about during despite today yesterday tomorrow later soon "
        "never always sometimes often nobody nothing everyone everything someone something "
        "people thus hence indeed instead otherwise finally suddenly him them us whatever "
        "whenever whether under over through between among against"
    ),
    months=word_set(
        "january february march april may june july august september october november december "
        "jan feb mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday "
        "saturday sunday est edt cst cdt mst mdt pst pdt gmt utc et pt ct mt bst cet eastern "
        "pacific central mountain"
    ),
)

GERMAN = Abbreviations(
    titles=word_set(
        "hr hrn fr dr prof st dipl ing mag frl gen kpt lt hl gebr vgl rud joh wilh med phil jur "
        "rer nat theol habil pd hptm obst"
    ),
    before_numbers=word_set(
        "nr nrn s jan jän feb apr aug sep sept okt nov dez "
        "bd bde kap abb art abs aufl ausg bl f ff jh jhd jhdt jg z ziff tab anm par § §§ "
        "sp v st tel ca max min geb gest"
    ),
    inner=word_set(
        "mio mrd z.b z d.h d i.d.r u.a u s.o s.u o.ä v.a b bzw ca evtl ggf inkl exkl insb "
        "insbes m.e m.a.w sog vgl zzgl zz v.chr n.chr i.e o.g u.u z.t z.zt i.a a.d allg "
        "bes bzgl bspw ggü ehem einschl entspr ev gegr geb gest hrsg urspr usf verh wg zw zit rd "
        "hj tsd med abzgl eigtl gem od mind"
    ),
    closing=word_set("usw etc uvm u.v.m u.a.m o.ä str chr n.chr v.chr ag co a.a.o jh jhd f ff"),
    starters=word_set(
        "der die das ein eine einer eines einem es er sie wir ihr ich du man dies diese dieser "
        "dieses jene jener jenes im in an am auf aus bei mit nach von vor zu zum zur über unter "
        "durch für gegen ohne um und oder aber doch denn wenn als da dann dort hier heute gestern "
        "morgen jetzt nun so auch nur noch schon nicht nein ja wer was wann wo warum wie welche "
        "welcher sein seine ihre mein meine unser alle viele einige manche beide jeder jede obwohl "
        "während weil damit dennoch trotzdem jedoch deshalb daher außerdem danach seit seitdem"
    ),
    months=word_set(
        "januar jänner februar märz april mai juni juli august september oktober november dezember "
        "jahrhundert jahrhunderts jahrtausend auflage kapitel klasse stock platz mal geburtstag "
        "todestag jahrestag geburtstags todestags jahr jan feb apr "
        "jun jul aug sep sept okt nov dez"
    ),
    has_ordinal_stop=True,
)

FRENCH = Abbreviations(
    titles=word_set("m mm mme mmes mlle mlles mgr dr drs me pr prof st ste sts gal col cap lt"),
    before_numbers=word_set(
        "no nos n p pp vol t chap ch fig art al éd ed op v vv s liv tél env janv "
        "févr avr juill sept oct nov déc"
    ),
    inner=word_set("c.-à-d c.à.d càd cf p.ex ex env av ap j n.b p.-s zb ibid hab vs dir coll trad"),
    closing=word_set("etc j.-c s.a s.a.r.l bd av boul apr cie éd ed"),
    starters=word_set(
        "le la les un une des il elle ils elles on nous vous je tu ce cet cette ces c'est ça cela "
        "mon ma mes son sa ses notre nos votre vos leur leurs dans en à au aux de du par pour sur "
        "sous avec sans mais et ou donc or ni car si quand comme où qui que quoi pourquoi comment "
        "puis alors après avant pendant ainsi aussi enfin ensuite hier aujourd'hui demain tout "
        "tous toute toutes chaque plusieurs oui non voilà voici lorsque malgré selon depuis"
    ),
    months=word_set(
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
    ),
)

SPANISH = Abbreviations(
    titles=word_set(
        "sr sra srta sres sras dr dra dres d dª dña prof profa lic ing arq gral cnel cap tte sto "
        "sta fr mons excmo excma ilmo ilma"
    ),
    before_numbers=word_set(
        "n no núm nº p pág págs pp vol t cap caps fig art arts ed op v tel c s ss ene "
        "feb abr jul ago sept oct nov dic"
    ),
    inner=word_set("p.ej ej vs cf cfr aprox ee.uu ee a.c d.c s.a n.b v.gr vgr íd ibíd"),
    closing=word_set("etc ud uds vd vds s.a s.l cía av avda uu ee.uu a.c d.c a.m p.m a.m. ed"),
    starters=word_set(
        "el la los las un una unos unas él ella ellos ellas yo tú nosotros usted ustedes este esta "
        "estos estas ese esa esos esas aquel aquella esto eso mi mis tu tus su sus nuestro nuestra "
        "en a al de del por para con sin sobre bajo entre hasta desde pero y o e ni si cuando como "
        "donde qué quién cómo cuándo dónde que quien luego entonces después antes ahora hoy ayer "
        "mañana también tampoco no sí ya todo todos toda todas cada algunos muchos aunque mientras "
        "porque según hay fue era es"
    ),
    months=word_set(
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
    ),
)

_BY_LANGUAGE = {"en": ENGLISH, "de": GERMAN, "fr": FRENCH, "es": SPANISH}


def abbreviations_of(language: str) -> Abbreviations | None:
    """Return the tables for a BCP 47 tag's language, None where there are none."""
    return _BY_LANGUAGE.get(language.replace("_", "-").split("-")[0].lower())
