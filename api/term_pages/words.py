"""What the pages of the vocabulary say in English, Russian and Korean; none is missing in one."""

from __future__ import annotations

from typing import Final

LANGUAGES: Final = {"en": "English", "ru": "Русский", "ko": "한국어"}
"""The languages of the terms' names, and what each calls itself."""

_WORDS: Final[dict[str, tuple[str, str, str]]] = {
    "vocabulary": ("The vocabulary", "Словарь", "어휘"),
    "lead": (
        "Every class and property by which Legation tells what it knows, by module.",
        "Все классы и свойства, которыми Legation описывает свои сведения, по модулям.",
        "Legation이 사실을 기술하는 데 쓰는 모든 클래스와 속성을 모듈별로 정리했습니다.",
    ),
    "english": ("", "Определения даны по-английски.", "정의는 영어로 되어 있습니다."),
    "find": ("Find a term", "Найти термин", "용어 찾기"),
    "search": ("Find", "Найти", "찾기"),
    "all": ("All terms", "Все термины", "모든 용어"),
    "found": ("found", "найдено", "검색 결과"),
    "none": (
        "No term has that in its name or definition.",
        "Ничего не найдено.",
        "해당하는 용어가 없습니다.",
    ),
    "letters": ("By letter", "По алфавиту", "가나다순"),
    "modules": ("Modules", "Модули", "모듈"),
    "class": ("Classes", "Классы", "클래스"),
    "object": ("Properties that lead to a thing", "Свойства-связи", "개체를 가리키는 속성"),
    "datatype": ("Properties that hold a value", "Свойства-значения", "값을 갖는 속성"),
    "annotation": ("Annotations", "Аннотации", "주석"),
    "individual": ("Individuals", "Экземпляры", "개별 값"),
    "one-class": ("class", "класс", "클래스"),
    "one-object": ("property that leads to a thing", "свойство-связь", "개체를 가리키는 속성"),
    "one-datatype": ("property that holds a value", "свойство-значение", "값을 갖는 속성"),
    "one-annotation": ("annotation", "аннотация", "주석"),
    "one-individual": ("individual", "экземпляр", "개별 값"),
    "names": ("Names", "Названия", "이름"),
    "place": ("Its place among the terms", "Место среди терминов", "용어 체계에서의 위치"),
    "kind-of": ("Kind of", "Вышестоящие термины", "상위 용어"),
    "kinds": ("Kinds of it", "Нижестоящие термины", "하위 용어"),
    "is-a": ("Is a", "Относится к классу", "소속 클래스"),
    "members": ("Members", "Члены", "구성원"),
    "domain": ("Is said of", "О чём говорится", "정의역"),
    "range": ("Takes", "Принимает", "치역"),
    "said-of": ("Properties said of it", "Свойства этого класса", "이 클래스의 속성"),
    "taken-by": ("Properties that take it", "Свойства, принимающие его", "이 클래스를 값으로 하는 속성"),
    "traits": ("Traits", "Признаки", "특성"),
    "nouns": ("Nouns in texts", "Слова в текстах", "텍스트에서 쓰는 명사"),
    "use": ("Use", "Употребление", "사용"),
    "questions": ("Questions that use it", "Вопросы, где он используется", "이 용어를 쓰는 질의"),
    "count": ("In this base", "В этой базе", "이 데이터베이스에서"),
    "see": ("see them", "показать", "보기"),
    "unused": ("not used yet", "пока не используется", "아직 쓰이지 않음"),
    "elsewhere": ("Elsewhere", "В других словарях", "다른 어휘에서"),
    "partner": ("Vocabulary", "Словарь", "어휘"),
    "relation": ("Relation", "Отношение", "관계"),
    "their-term": ("Term", "Термин", "용어"),
    "comment": ("Mind", "Примечание", "참고"),
    "source": ("Turtle", "Turtle", "Turtle"),
    "module": ("Module", "Модуль", "모듈"),
    "language": ("Language", "Язык", "언어"),
    "exactMatch": ("the same", "то же самое", "동일"),
    "closeMatch": ("nearly the same", "почти то же", "거의 같음"),
    "broadMatch": ("broader there", "там шире", "더 넓음"),
    "narrowMatch": ("narrower there", "там уже", "더 좁음"),
    "relatedMatch": ("related, not the same", "связано, но не то же", "관련 있으나 다름"),
    "subClassOf": ("a kind of it", "разновидность", "그 하위 클래스"),
    "subPropertyOf": ("narrower than it", "уже, чем там", "그 하위 속성"),
    "equivalentClass": ("the same", "то же самое", "동일"),
    "equivalentProperty": ("the same", "то же самое", "동일"),
    "FunctionalProperty": ("one value at most", "не более одного значения", "값은 최대 하나"),
    "InverseFunctionalProperty": (
        "names one thing at most",
        "однозначно указывает",
        "값이 하나의 개체만 가리킴",
    ),
    "TransitiveProperty": ("transitive", "транзитивное", "추이적"),
    "AsymmetricProperty": ("asymmetric", "асимметричное", "비대칭적"),
    "IrreflexiveProperty": ("irreflexive", "иррефлексивное", "비반사적"),
    "SymmetricProperty": ("symmetric", "симметричное", "대칭적"),
}
WORDS: Final = {
    language: {key: texts[order] for key, texts in _WORDS.items()} for order, language in enumerate(LANGUAGES)
}
"""For each language, what a page says under each key."""
