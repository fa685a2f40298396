"""Hard cases for sentence splitting: where a sentence ends is marked with ‖, and nowhere else.

Each group names what is hard about it and where its cases come from: the review this app was made
for, books in the public domain, or written for this table.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SentenceCase:
    """One text with the ends of its sentences marked."""

    group: str
    language: str
    source: str
    marked: str

    @property
    def text(self) -> str:
        """The text without its marks."""
        return self.marked.replace("‖", "")

    @property
    def sentences(self) -> list[str]:
        """Its sentences without the white space around them."""
        return [sentence.strip() for sentence in self.marked.split("‖")]


_GROUPS: dict[tuple[str, str, str], str] = {
    ("titles", "en", "written for this table"): """
        Mr. Jonze directed it. ‖Ms. Johansson speaks in it.
        Dr. Watson met Mr. and Mrs. Hudson at noon.
        She wrote to Prof. Lindqvist, who had taught her.
        Rev. King spoke first. ‖Sen. Kennedy listened.
        Gen. Grant, Col. Mosby and Lt. Col. Briggs were there.
        The report was by Capt. J. Smith of the R.N. and Sgt. Pepper.
        Gov. Brown met Rep. Lee. ‖They disagreed.
        Messrs. Smith and Jones are away.
        St. Paul's is near St. James's Park.
        He climbed Mt. Everest twice. ‖Then he stopped.
        Ft. Worth is in Texas. ‖St. Louis is not.
        Sammy Davis Jr. sang. ‖Everyone wept.
        Mme. Bovary read novels. ‖Mlle. Dupont did not.
        “Mr. Holmes,” said he, “you know Dr. Roylott.”
        Is it Mrs. Dalloway? ‖Yes.
        The Hon. Mr. Justice Gray presided.
        Her (2013; dir. Spike Jonze) runs 126 min. in all.
        Visit Washington, D.C. ‖It's nice. ‖See Rom. 8:28 and 1 Cor. 13.
        Art. I, § 8, is long. ‖I like no art. ‖I read.
        See 42 U.S.C. § 1983 and Fed. R. Civ. P. 12(b)(6). ‖The Fed. ‖Then the rest.
        It lies at lat. 51° N. on Rte. 66, cols. A–F, Supp. Mat. too. ‖He was fed. ‖Mary left.
        Open Mon.-Fri. 9am–5pm and closed Jan.–Mar. ‖We hope to see you.
        """,
    ("initials", "en", "written for this table"): """
        J. R. R. Tolkien wrote it. ‖C. S. Lewis read it.
        W. H. Auden liked it.
        George A. Romero made films. ‖He liked zombies.
        A novel by E. M. Forster and one by D.H. Lawrence.
        J.K. Rowling signed it. ‖Her publisher smiled.
        Samuel L. Jackson plays the part.
        It was published by W. W. Norton & Co. in 1960.
        My name is John Q. Public. ‖I vote.
        Franklin D. Roosevelt spoke. ‖The crowd cheered.
        The play is by G. B. Shaw. ‖It is long.
        P. G. Wodehouse, A. A. Milne and P. D. James met once.
        It was I. ‖He knew it.
        She chose plan B. ‖It worked.
        Take vitamin C. ‖It helps.
        """,
    ("abbreviations", "en", "written for this table"): """
        He likes fruit, e.g. Apples from Kent, and cheese.
        The author, i.e. Jane, was late.
        See p. 5 for details. ‖See pp. 3–7 as well.
        No. 5 is a perfume. ‖No. 7 is not.
        Is it good? ‖No. ‖It is bad.
        He said no. ‖She said yes.
        See Fig. 3 and Table 2. ‖They agree.
        See Alg. 2, Thm. 3, Refs. 3–5 and App. B. ‖They agree.
        It is plain text. ‖x86_64 is next. ‖It returns foo.bar. ‖Call main() first.
        Cf. Smith et al. 2010 for a review.
        Vol. 2, ch. 4 begins in May.
        They fought vs. Spain and vs. France.
        Apples, pears, etc. are fruit. ‖Carrots are not.
        Apples, pears, etc. ‖He ate them all.
        Apple Inc. and Alphabet Inc. are firms.
        He works for Apple Inc. ‖He likes it there.
        Smith & Co. Ltd. makes boots. ‖The boots last.
        The Walt Disney Co. said so. ‖It was right.
        She left in Jan. 1999. ‖He left in Feb. of that year.
        On Sept. 11 it rained. ‖On Oct. 3 it did not.
        The building is approx. 40 m high.
        Born c. 1520, he d. 1580 in Rome.
        The dept. of history moved. ‖The dept. of art stayed.
        Turn onto Main St. and stop.
        He lives on Main St. ‖It is quiet there.
        We met on Fifth Ave. ‖The traffic was awful.
        He is 6 ft. 2 in. tall. ‖She is 5 ft. 4 in.
        The box weighs 5 lbs. ‖It is heavy.
        Beat 2 lg. eggs with 1 pkg. of yeast. ‖Wait for an hour.
        Send it to 12 Oak Rd. ‖We will wait.
        Ph.D. students work hard. ‖She has a Ph.D. ‖He has an M.A. in art.
        Marbury v. Madison was decided in 1803.
        The approx. cost, incl. tax, is ten pounds.
        Read op. cit. p. 40. ‖Then write.
        The game was Arsenal vs. Chelsea. ‖It rained.
        Cars, trains, buses, etc. ‖All were late.
        """,
    ("places and times", "en", "written for this table"): """
        The U.S. Senate voted. ‖The U.K. Parliament did not.
        He moved to the U.S. ‖He never came back.
        He moved to the U.S. in 1990.
        Washington, D.C. is hot. ‖New York, N.Y. is hotter.
        I live in the U.S.A. ‖It is large.
        We met at 5 p.m. ‖It was dark.
        We met at 5 p.m. on Friday.
        The train leaves at 9 a.m. Monday. ‖Be there.
        It opened at 8 a.m. ‖Mr. Smith was first.
        It was 3 a.m. when she woke.
        Caesar died in 44 B.C. ‖Augustus followed.
        The wall dates from A.D. 122 and fell later.
        The U.S. Army, the U.N. and the E.U. agreed.
        The talks at the U.N. ended. ‖Both sides left.
        The bus from L.A. to N.Y. takes three days.
        He fought in World War II. ‖It was long.
        """,
    ("numbers", "en", "written for this table"): """
        It costs $3.50. ‖That is cheap.
        Pi is 3.14159. ‖It goes on.
        It grew by 2.5 percent in 2010. ‖In 2011 it fell.
        He was born in 1984. ‖The book came later.
        We sold 1,234.56 tons. ‖Nobody knew.
        The score was 3-2. ‖We lost.
        1. Open the box.
        2. Take out the book. ‖3. Read it.
        a. First, wash your hands.
        1.) The first item
        IV. The Return
        I. A Scandal in Bohemia
        Section 3.2.1 covers this. ‖Section 3.3 does not.
        Room 101. ‖That is all.
        It was 1999. ‖2000 was next.
        The temperature was -5.5 degrees. ‖It snowed.
        He scored .300 last year. ‖This year is worse.
        Use version 2.0.1 or later. ‖Older ones fail.
        Chapter 5. ‖The storm came at night.
        """,
    ("addresses and names with stops", "en", "written for this table"): """
        Go to example.org.uk now. ‖It is free.
        Visit www.example.com. ‖It loads fast.
        See https://example.org/a.b?c=d.e for more. ‖Or ask.
        Write to bob.smith@example.com. ‖He answers.
        Open README.md and setup.py. ‖Run them.
        The file notes.txt is here. ‖Read it.
        Node.js and ASP.NET are tools. ‖So is Vue.js.
        It uses v2.0.1 of the tool. ‖It works.
        Call os.path.join and System.out.println here.
        Some write e.g.this without a space.
        The host is 192.168.0.1. ‖It is local.
        Amazon.com sells books. ‖Many read them.
        He typed www.Example.Com and waited.
        Set x.y to 3. ‖Then stop.
        Save it as Report.Final.docx today.
        """,
    ("no space", "en", "the review, and written for this table"): """
        Unplagued by melodrama or cheapness.‖The Los Angeles where Theodore resides is smoggy.
        He left.‖She stayed.
        It was over.‖“Good,” he said.
        He said “no.”‖She said “yes.”
        Was it?‖He doubted it.
        He ran!‖Nobody followed.
        It ended there (at last).‖Nobody clapped.
        in the end.‖Then it rained.
        We saw Paris.‖The trip was good.
        """,
    ("question and exclamation", "en", "written for this table"): """
        What?! ‖You did that?
        Really?? ‖Yes!!
        Oh! what a day it was.
        “Why?” he asked.
        “Stop!” cried the man. ‖“Thief!”
        Yahoo! is a firm with an exclamation mark.
        He said (can you believe it?) that he won.
        He said he won (!) the race.
        Who knows? ‖Not I.
        “Where are you going?” ‖“Home.”
        Who said “Enough!”? ‖Nobody did.
        Did he say “Go.”? ‖He did.
        Is it 5? ‖6 is better.
        Help! ‖Help! ‖It is cold.
        """,
    ("ellipses", "en", "written for this table"): """
        Well... I never knew that.
        He waited... and waited.
        He waited… ‖Nothing happened.
        “I thought…” she began.
        To be … or not to be.
        And then . . . nothing.
        He was gone.... ‖The house was empty.
        Wait… what?
        It was late... ‖The lamps were lit.
        """,
    ("dialogue", "en", "written for this table, after Doyle, Carroll and Austen"): """
        “I am,” he said. ‖“So am I.”
        “No. ‖Never.” ‖She shut the door.
        “Well!” thought Alice to herself. ‖She fell on.
        “What is it?” Holmes asked.
        “Is he dead?” Mr. Holmes inquired. ‖Nobody spoke.
        He said, “Stop.” ‖Then he left.
        “I won't,” she said; “not today.” ‖He sighed.
        "It's cold." ‖"Yes."
        'Tis late,' said he. ‖'Go home.'
        She said, “He told me ‘Go away.’” ‖I laughed.
        “You see, but you do not observe. ‖The distinction is clear.”
        “Come in!” ‖The door opened.
        (He was late.) ‖She was not.
        He was late (as ever). ‖She was not.
        [The lights go out.] ‖Nobody moves.
        “Mr. Bennet, how can you abuse your own children? ‖You have no pity.”
        “Oh!” said Lydia stoutly. ‖“I am not afraid.”
        — Who is it? ‖— A friend.
        *Her* is a film. ‖*Him* is not.
        He called it “the end.” ‖It was not.
        """,
    ("references", "en", "written for this table"): """
        It was shown before.[12] ‖Others doubt it.[3, 4] ‖We agree.
        This is known.¹ ‖That is not.²
        It works (Smith, 2010). ‖It fails (Lee et al., 2011).
        See note 4. ‖It says more.
        According to Smith [5], it holds. ‖We checked.
        """,
    ("the review", "en", "her-review.txt"): """
        “Her” is about us, but the twist is that Mr. Jonze and Ms. Johannson have won.
        Technology isn’t evil in the world of Mr. Jonze. ‖It doesn’t corrode your humanity.
        It can liberate you. ‖Or both. ‖Just hope for a gal like Samantha in your heart. ‖A
        It begs the question: Could we ever be so free? ‖“Her” is fascinating.
        """,
    ("small letters and names", "en", "written for this table"): """
        I bought an iPhone. ‖eBay had it.
        hello there. ‖how are you? ‖fine.
        The pH fell. ‖mRNA vaccines work.
        He uses iOS. ‖It is fine.
        THE END. ‖THANK YOU.
        rooms were £3 10s. 6d. a week.
        He paid 10s. ‖The rest came later.
        Compare fn. 12 and Ps. 23. ‖Both say it.
        It is 5 m. ‖Marble was cheap.
        """,
    ("German", "de", "written for this table"): """
        Er kam zum 100. Mal. ‖Am 150. Geburtstag feierte sie.
        Das ist z. B. gut. ‖Er kam später.
        Das ist z.B. gut, d.h. sehr gut.
        Am 3. Oktober kam er. ‖Es regnete.
        Dr. Müller und Prof. Weiß sind da. ‖Sie warten.
        Der 2. Weltkrieg endete 1945. ‖Dann kam der Frieden.
        Er kaufte Äpfel, Birnen usw. ‖Dann ging er.
        Hr. Schmidt wohnt in Nr. 5. ‖Er ist alt.
        „Komm!“, rief er. ‖„Sofort!“
        Im 19. Jahrhundert war das so. ‖Heute nicht.
        Es kostet ca. 3,50 Euro. ‖Das ist billig.
        »Nein«, sagte sie. ‖»Nie.« ‖Er ging.
        Die Firma Meier & Co. liefert. ‖Wir zahlen.
        Vgl. S. 12 und Abb. 3. ‖Dort steht es.
        Ludwig XIV. war König. ‖Er lebte lange.
        Am 3. Okt. 1990 kamen sie. ‖Es waren 2,4 Mio. Menschen.
        """,
    ("French", "fr", "written for this table"): """
        M. Dupont est là. ‖Mme Durand aussi.
        « Oui. » ‖Il partit.
        « Viens ! » dit-elle. ‖« Vite ! »
        Qui est-ce ? ‖C'est M. Martin.
        Il mesure 1,75 m. ‖C'est-à-dire beaucoup.
        Il habite av. Foch, no. 5. ‖C'est loin.
        Des pommes, des poires, etc. ‖Il les mangea.
        Voir p. 12 et chap. 3. ‖Tout y est.
        J.-J. Rousseau est né à Genève. ‖Il y vécut.
        Il vécut au Ier s. av. J.-C. à Rome.
        MM. Blanc et Noir sont partis. ‖Ils reviendront.
        Le 1er janv. 2024 il paya. ‖Voir t. II.
        """,
    ("Spanish", "es", "written for this table"): """
        ¿Qué pasa? ‖¡Nada! ‖Todo va bien.
        El Sr. López llegó. ‖La Sra. Ruiz no.
        Vive en EE.UU. desde 1990. ‖Le gusta.
        Ud. tiene razón. ‖No hay duda.
        —¿Vienes? ‖—No.
        Véase la pág. 5. ‖Allí está.
        Mide 1,75 m. ‖Véase abajo.
        Compró pan, leche, etc. ‖Luego volvió.
        El Dr. García dijo: «Basta». ‖Nadie habló.
        En los ss. XVI y XVII reinaron. ‖El 3 oct. 1990 murió.
        """,
    ("other languages", "it", "written for this table"): """
        Il sig. Rossi è qui. ‖Lei no.
        Che ore sono? ‖Sono le tre.
        """,
    ("other languages", "nl", "written for this table"): """
        Dhr. Jansen komt om 3 uur. ‖Hij is laat.
        Dat is bijv. goed. ‖Meer niet.
        """,
    ("other scripts", "ja", "written for this table"): """
        これは本です。‖それは何ですか？‖すごい！
        「行こう。」と彼は言った。‖雨が降った。
        """,
    ("other scripts", "zh", "written for this table"): """
        你好。‖今天天气很好！‖你要去哪里？
        他说：“走吧。”‖我们走了。
        """,
    ("other scripts", "ru", "written for this table"): """
        Он пришёл. ‖Она ушла.
        Это было в 1984 г. в Москве. ‖Шёл снег.
        """,
    ("other scripts", "el", "written for this table"): """
        Ήρθε. ‖Έφυγε.
        """,
    ("other scripts", "ar", "written for this table"): """
        من أنت؟ ‖أنا صديق.
        """,
    ("other scripts", "hi", "written for this table"): """
        यह एक किताब है। ‖वह अच्छी है।
        """,
}

CASES = [
    SentenceCase(group, language, source, line.strip())
    for (group, language, source), lines in _GROUPS.items()
    for line in lines.splitlines()
    if line.strip()
]
