"""Names of languages that services in the UK are offered in, as English spells them."""

LANGUAGES = frozenset({
    "Afrikaans", "Albanian", "Amharic", "Arabic", "Armenian", "Azerbaijani", "Bengali", "Bosnian",
    "British Sign Language", "Bulgarian", "Burmese", "Cantonese", "Catalan", "Cornish", "Croatian",
    "Czech", "Danish", "Dari", "Dutch", "English", "Estonian", "Farsi", "Finnish", "Flemish",
    "French", "Georgian", "German", "Greek", "Gujarati", "Hakka", "Hausa", "Hebrew", "Hindi",
    "Hungarian", "Icelandic", "Igbo", "Indonesian", "Irish", "Irish Sign Language", "Italian",
    "Japanese", "Kashmiri", "Kinyarwanda", "Korean", "Krio", "Kurdish", "Kurmanji", "Lao",
    "Latvian", "Lingala", "Lithuanian", "Luganda", "Macedonian", "Malay", "Malayalam", "Maltese",
    "Mandarin", "Marathi", "Mirpuri", "Mongolian", "Nepali", "Norwegian", "Oromo", "Pashto",
    "Patois", "Polish", "Portuguese", "Punjabi", "Romani", "Romanian", "Russian",
    "Scots", "Scottish Gaelic", "Serbian", "Shona", "Sinhala", "Slovak", "Slovenian", "Somali",
    "Sorani", "Spanish", "Swahili", "Swedish", "Sylheti", "Tagalog", "Tamil", "Telugu", "Tetum",
    "Thai", "Tigrinya", "Turkish", "Twi", "Ukrainian", "Urdu", "Uzbek", "Vietnamese", "Welsh",
    "Wolof", "Yiddish", "Yoruba", "Zulu",
})  # fmt: skip
