"""What a voice says when one wants to hear it: the same two short sentences, in its language."""

from __future__ import annotations

_ENGLISH = "Good evening. Shall I read to you?"
_SENTENCES = {
    "ar": "مساء الخير. هل أقرأ لك شيئا؟",
    "ca": "Bon vespre. Vols que et llegeixi una mica?",
    "cs": "Dobrý večer. Mám vám něco přečíst?",
    "da": "Godaften. Skal jeg læse højt for dig?",
    "de": "Guten Abend. Soll ich Ihnen vorlesen?",
    "el": "Καλησπέρα. Να σας διαβάσω κάτι;",
    "en": _ENGLISH,
    "eo": "Bonan vesperon. Ĉu mi legu al vi?",
    "es": "Buenas tardes. ¿Quiere que le lea algo?",
    "fa": "عصر بخیر. برایتان چیزی بخوانم؟",
    "fi": "Hyvää iltaa. Luenko teille ääneen?",
    "fr": "Bonsoir. Voulez-vous que je vous fasse la lecture ?",
    "hi": "शुभ संध्या। क्या मैं आपको कुछ पढ़कर सुनाऊँ?",
    "hu": "Jó estét! Felolvassak önnek valamit?",
    "is": "Gott kvöld. Á ég að lesa fyrir þig?",
    "it": "Buonasera. Vuole che le legga qualcosa?",
    "ja": "こんばんは。何か読みましょうか。",
    "ka": "საღამო მშვიდობისა. წაგიკითხოთ რამე?",
    "kk": "Қайырлы кеш. Сізге кітап оқып берейін бе?",
    "lb": "Gudden Owend. Soll ech Iech eppes virliesen?",
    "ne": "शुभ सन्ध्या। के म तपाईंलाई केही पढेर सुनाऊँ?",
    "nl": "Goedenavond. Zal ik u iets voorlezen?",
    "no": "God kveld. Skal jeg lese høyt for deg?",
    "pl": "Dobry wieczór. Czy mam coś przeczytać?",
    "pt": "Boa noite. Quer que eu leia para você?",
    "ro": "Bună seara. Vreți să vă citesc ceva?",
    "ru": "Добрый вечер. Почитать вам вслух?",
    "sk": "Dobrý večer. Mám vám niečo prečítať?",
    "sr": "Dobro veče. Da li da vam nešto pročitam?",
    "sv": "God kväll. Ska jag läsa högt för dig?",
    "sw": "Habari za jioni. Je, nikusomee?",
    "tr": "İyi akşamlar. Size bir şey okuyayım mı?",
    "uk": "Добрий вечір. Почитати вам уголос?",
    "vi": "Chào buổi tối. Tôi đọc cho bạn nghe nhé?",
    "zh": "晚上好。要我读给你听吗？",
}
_SAME_AS = {"nb": "no", "nn": "no", "cmn": "zh", "": "en"}


def sample_sentence(language: str) -> str:
    """Return what is said in a language given by its tag; English where we know no words of it."""
    base = language.partition("-")[0].lower()
    return _SENTENCES.get(_SAME_AS.get(base, base), _ENGLISH)
