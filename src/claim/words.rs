//! Words: what the checker itself says of verdicts, in both languages.

/// A text in the report's languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bilingual {
    /// Russian.
    pub ru: &'static str,
    /// Kazakh.
    pub kk: &'static str,
}

impl Bilingual {
    /// Picks the text of a language by its code.
    pub fn pick(self, code: &str) -> &'static str {
        if code == "kk" { self.kk } else { self.ru }
    }
}

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident = $ru:literal, $kk:literal;)*) => {
        $($(#[$doc])* pub const $name: Bilingual = Bilingual { ru: $ru, kk: $kk };)*
    };
}

words! {
    /// The verdict `confirmed`.
    VERDICT_CONFIRMED = "подтверждено", "расталды";
    /// The verdict `rounding`.
    VERDICT_ROUNDING = "в пределах округления", "дөңгелектеу шегінде";
    /// The verdict `contradicted`.
    VERDICT_CONTRADICTED = "расхождение", "алшақтық";
    /// The verdict `inconsistent`.
    VERDICT_INCONSISTENT = "внутреннее несоответствие", "ішкі сәйкессіздік";
    /// The verdict `unresolved`.
    VERDICT_UNRESOLVED = "нет данных для проверки", "тексеруге дерек жоқ";
    /// A place in a text whose parts nobody has named.
    LINE = "строка {line}", "{line}-жол";
    /// Numbers that are no claims, with the reason.
    SORT_YEAR = "годы и дни в записи дат", "даталардағы жылдар мен күндер";
    /// Why.
    SORT_YEAR_WHY = "Называют время, а не величину.", "Шаманы емес, уақытты атайды.";
    /// Numbers that are no claims.
    SORT_REFERENCE = "номера источников и данные списка литературы", "дереккөздердің нөмірлері мен әдебиеттер тізімінің деректері";
    /// Why.
    SORT_REFERENCE_WHY = "Ссылки, а не величины.", "Шама емес, сілтемелер.";
    /// Numbers that are no claims.
    SORT_LABEL = "номера рисунков, таблиц, пунктов, страниц и сносок", "суреттердің, кестелердің, тармақтардың, беттер мен ескертпелердің нөмірлері";
    /// Why.
    SORT_LABEL_WHY = "Нумерация, а не величины.", "Шама емес, нөмірлеу.";
    /// Numbers that are no claims.
    SORT_IDENTIFIER = "выходные сведения, шифры, телефоны, даты цифрами и часы", "шығыс деректері, шифрлар, телефондар, цифрмен жазылған даталар мен сағаттар";
    /// Why.
    SORT_IDENTIFIER_WHY = "Обозначения, а не величины.", "Шама емес, белгілемелер.";
    /// Numbers that are no claims.
    SORT_SCALE = "деления осей", "осьтердегі бөліктер";
    /// Why.
    SORT_SCALE_WHY = "Шкала, а не величины.", "Шама емес, шкала.";
    /// Yes.
    YES = "да", "иә";
    /// No.
    NO = "нет", "жоқ";
    /// What a reading rests on: the paper.
    BY_PAPER = "По числам самой статьи", "Мақаланың өз сандары бойынша";
    /// What a reading rests on: the agency.
    BY_AGENCY = "По ряду ведомства (состояние данных: {vintages})", "Ведомство қатары бойынша (деректердің күйі: {vintages})";
    /// Confirmed.
    CONFIRMED = "{basis} получается {derived} {unit}; напечатано {printed}.", "{basis} {derived} {unit} шығады; басылғаны: {printed}.";
    /// Right under another way of rounding.
    ROUNDED = "{basis} получается {derived} {unit}; напечатанное {printed} выходит, если {mode}.", "{basis} {derived} {unit} шығады; {mode} басылған {printed} мәні шығады.";
    /// Within the inputs' precision.
    WITHIN = "{basis} получается {derived} {unit}, с учётом точности исходных чисел – от {low} до {high}; напечатанное {printed} лежит в этих пределах.", "{basis} {derived} {unit} шығады, бастапқы сандардың дәлдігі ескерілсе, аралық: {low}…{high}; басылған {printed} осы шекте жатыр.";
    /// Contradicted.
    CONTRADICTED = "{basis} получается {derived} {unit}; напечатано {printed}, разность: {distance}.", "{basis} {derived} {unit} шығады; басылғаны: {printed}, айырмасы: {distance}.";
    /// Inconsistent.
    INCONSISTENT = "{basis} получается {derived} {unit}, а напечатано {printed} (разность: {distance}): вместе эти утверждения не выполняются.", "{basis} {derived} {unit} шығады, ал басылғаны: {printed} (айырмасы: {distance}): бұл тұжырымдар бірге орындалмайды.";
    /// Another reading.
    OTHERWISE = "{basis} при ином понимании{note} получается {derived} {unit}.", "{basis} басқаша түсінгенде{note} {derived} {unit} шығады.";
    /// Another reading, under which a statement holds.
    OTHERWISE_HOLDS = "{basis} при ином понимании{note} утверждение выполняется.", "{basis} басқаша түсінгенде{note} тұжырым орындалады.";
    /// Another reading, under which a statement does not hold.
    OTHERWISE_FAILS = "{basis} при ином понимании{note} утверждение не выполняется.", "{basis} басқаша түсінгенде{note} тұжырым орындалмайды.";
    /// Claims that give one another and rest on nothing else.
    ONE_CHECK = "Опирается на то же равенство, что и {other}: это одна проверка, а не две.", "{other} сүйенген теңдікке сүйенеді: бұл екі емес, бір тексеру.";
    /// What stands near a claim that nothing derives.
    NEAR = "{basis} для сравнения{note}: {derived} {unit}.", "{basis} салыстыру үшін{note}: {derived} {unit}.";
    /// Nothing derives it.
    NOTHING = "Ряда, из которого это выводится, под рукой нет.", "Мұны шығаратын қатар қолда жоқ.";
    /// A cell whose column does not add up.
    COLUMN_OPEN = "Столбец не складывается в напечатанный итог, и в какой ячейке дело, по нему одному не видно.", "Баған қосындысы басылған жиынтыққа тең емес, ал мәселе қай ұяшықта екені бағанның өзінен көрінбейді.";
    /// A period.
    YEARS = "Календарных лет с {first} по {last} год, считая оба: {counted}; разность лет: {difference}.", "{first} және {last} жылдарды қоса есептегенде күнтізбелік жыл саны: {counted}; жылдар айырмасы: {difference}.";
    /// Shares that some total satisfies.
    TOTALS = "Доли совместны: всем им отвечает общее число от {low} до {high}.", "Үлестер үйлесімді: олардың бәріне {low}…{high} аралығындағы жалпы сан сәйкес келеді.";
    /// Shares that no total satisfies.
    NO_TOTAL = "Ни одно общее число не даёт всех этих долей сразу.", "Бұл үлестердің бәрін бірден беретін жалпы сан жоқ.";
    /// A list that closes as printed.
    IN_ORDER = "В напечатанном порядке числа согласуются.", "Сандар басылған ретінде үйлеседі.";
    /// A list with a repair.
    REPAIR = "В напечатанном порядке числа не согласуются; согласуются они только в одном другом: {swaps}.", "Сандар басылған ретінде үйлеспейді; олар тек бір басқа ретте үйлеседі: {swaps}.";
    /// A list without a repair.
    NO_REPAIR = "В напечатанном порядке числа не согласуются, и единственной перестановки, которая их согласует, нет.", "Сандар басылған ретінде үйлеспейді, оларды үйлестіретін жалғыз ауыстыру да жоқ.";
    /// A sign that all values have.
    SIGN_HOLDS = "{basis} знак у всех значений таков, как сказано.", "{basis} барлық мәннің таңбасы айтылғандай.";
    /// A sign that some value has not.
    SIGN_FAILS = "{basis} такой знак имеют не все значения.", "{basis} кейбір мәннің таңбасы басқа.";
    /// An order or comparison that holds.
    ORDER_HOLDS = "{basis} утверждение выполняется.", "{basis} тұжырым орындалады.";
    /// An order that printed precision leaves open.
    ORDER_OPEN = "{basis} точность напечатанных чисел не решает, выполняется ли утверждение.", "{basis} басылған сандардың дәлдігі тұжырымның орындалуын анықтауға жетпейді.";
    /// An order or comparison that does not hold.
    ORDER_FAILS = "{basis} утверждение не выполняется.", "{basis} тұжырым орындалмайды.";
    /// What holds instead.
    INSTEAD = "по данным – {answer}.", "деректер бойынша – {answer}.";
    /// A way of rounding.
    MODE_HALF_AWAY = "округлять до ближайшего", "жақын мәнге дөңгелектегенде";
    /// A way of rounding.
    MODE_HALF_EVEN = "половину округлять до чётной цифры", "жартысын жұп цифрға дөңгелектегенде";
    /// A way of rounding.
    MODE_TRUNCATE = "лишние знаки отбросить", "артық таңбаларын алып тастағанда";
    /// The title of the report on a paper's numbers.
    TITLE = "Проверка чисел, напечатанных в статьях", "Мақалаларда басылған сандарды тексеру";
    /// What the report is.
    LEAD = "Каждое число статей выведено заново: из чисел, которые печатает сама статья, или из рядов статистического ведомства. Отчёт говорит, что подтвердилось, что нет и на чём это основано; он судит о числах, а не об авторах.", "Мақалалардағы әр сан қайта шығарылды: мақаланың өзі басқан сандардан немесе статистика ведомствосының қатарларынан. Есеп ненің расталғанын, ненің расталмағанын және оның неге сүйенетінін айтады; ол авторларға емес, сандарға баға береді.";
    /// Section.
    SUMMARY = "Итог", "Жалпы нәтиже";
    /// Class of a paper.
    CLASS_FULLY = "воспроизведена полностью", "толық қайта шығарылды";
    /// Class of a paper.
    CLASS_MINOR = "воспроизведена с мелкими замечаниями", "шағын ескертпелермен қайта шығарылды";
    /// Class of a paper.
    CLASS_PARTLY = "воспроизведена частично", "ішінара қайта шығарылды";
    /// Class of a paper.
    CLASS_NOT = "не воспроизведена", "қайта шығарылмады";
    /// How the class is found.
    CLASS_RULE = "Оценка статьи определяется так: «полностью» – расхождений нет; «с мелкими замечаниями» – расхождений не больше одного на двадцать чисел, для которых есть данные, и ни одно не касается выводов; «не воспроизведена» – не сошлось больше половины чисел, на которых держатся выводы (считая те, для которых есть данные); иначе «частично». Числа текста и проверки таблиц считаются отдельно (ячейки, которые выводятся друг из друга, – одна проверка); берётся худшая из двух оценок.", "Мақаланың бағасы былай анықталады: «толық» – алшақтық жоқ; «шағын ескертпелермен» – алшақтық дерегі бар әр жиырма санға біреуден аспайды және ешқайсысы қорытындыларға қатысты емес; «қайта шығарылмады» – қорытындылар сүйенетін, дерегі бар сандардың жартысынан көбі сәйкес келмеді; әйтпесе «ішінара». Мәтін сандары мен кесте тексерулері бөлек есептеледі (бірінен-бірі шығатын ұяшықтар – бір тексеру); екі бағаның төмені алынады.";
    /// Column.
    PAPER = "Статья", "Мақала";
    /// Section.
    HEADLINE = "Числа, на которых держатся выводы", "Қорытындылар сүйенетін сандар";
    /// Section.
    PROBLEMS = "Расхождения и несоответствия по весу", "Алшақтықтар мен сәйкессіздіктер, салмағы бойынша";
    /// Section.
    EVERYTHING = "Все числа по порядку текста", "Мәтін ретімен барлық сан";
    /// Section.
    TABLES = "Таблицы", "Кестелер";
    /// Section.
    EXCLUDED = "Что не проверялось", "Не тексерілмеді";
    /// Section.
    ROUNDING = "Как статья округляет", "Мақала қалай дөңгелектейді";
    /// No problems.
    NO_PROBLEMS = "Расхождений нет.", "Алшақтық жоқ.";
    /// Column.
    PLACE = "Место", "Орны";
    /// Column.
    PRINTED = "Напечатано", "Басылғаны";
    /// Column.
    DERIVED = "Выведено", "Шығарылғаны";
    /// Column.
    VERDICT = "Результат", "Нәтиже";
    /// Column.
    EXPLANATION = "Пояснение", "Түсіндірме";
    /// Column.
    REASON = "Причина", "Себебі";
    /// Column.
    NUMBERS = "Числа", "Сандар";
    /// Link to the derivation.
    DERIVATION = "Как выведено", "Қалай шығарылды";
    /// The field for the authors.
    REPLY = "Ответ авторов", "Авторлардың жауабы";
    /// An empty field.
    REPLY_EMPTY = "Пока не получен.", "Әзірге алынған жоқ.";
    /// Under which entry the answer to one number is written down.
    REPLY_ENTRY = "Запись для ответа: {id}", "Жауап жазбасы: {id}";
    /// Where the answers are written down.
    REPLY_WHOLE = "Место для ответа – файл {file}: о статье в целом и о таблицах – ключ reply раздела paper, об отдельном числе – ключ reply его записи.", "Жауап орны – {file} файлы: жалпы мақала мен кестелер туралы – paper бөліміндегі reply кілті, жеке сан туралы – сол сан жазбасының reply кілті.";
    /// How far a confirmed value could move.
    SLACK_VALUE = "Результат сохранится, пока значение сдвигается меньше чем на {ends}.", "Мән мынадан аз жылжыса, нәтиже сақталады: {ends}.";
    /// The least change of an input that fails a verdict.
    SLACK_INPUT = "Результат стал бы иным уже при таком изменении одного числа: {input}, {from} → {to}.", "Бір сан осылай өзгерсе-ақ, нәтиже басқа болар еді: {input}, {from} → {to}.";
    /// No single input fails a verdict.
    SLACK_FIXED = "Изменение любого одного исходного числа результата не меняет.", "Бастапқы сандардың бірін ғана өзгерту нәтижені өзгертпейді.";
    /// A period has no room.
    SLACK_YEARS = "Сдвиг любого из концов периода на год изменил бы результат.", "Кезеңнің бір шетін бір жылға жылжытса, нәтиже өзгерер еді.";
    /// What «about» is taken to mean.
    MEANS_ABOUT = "«около» понято как «от {low} до {high}»", "«шамамен» деген «{low}–{high} аралығында» деп түсінілді";
    /// What «more than» is taken to mean.
    MEANS_MORE = "«более» понято как «больше {low}, но не больше {high}»", "«астам» деген «{low} мәнінен көп, бірақ {high} мәнінен аспайды» деп түсінілді";
    /// What «more than» without an end is taken to mean.
    MEANS_MORE_ANY = "«более» понято как «больше {low}» без верхней границы", "«астам» деген «{low} мәнінен көп» деп, жоғарғы шегінсіз түсінілді";
    /// What «up to» is taken to mean.
    MEANS_UP_TO = "«до» понято как «от {low} до {high} включительно»", "«дейін» деген «{low}–{high} аралығында, екі шегін қоса» деп түсінілді";
    /// What «up to» without an end is taken to mean.
    MEANS_UP_TO_ANY = "«до» понято как «не больше {high}» без нижней границы", "«дейін» деген «{high} мәнінен аспайды» деп, төменгі шегінсіз түсінілді";
    /// What «almost» is taken to mean.
    MEANS_ALMOST = "«почти» понято как «не меньше {low}, но меньше {high}»", "«дерлік» деген «кемінде {low}, бірақ {high} мәнінен аз» деп түсінілді";
    /// A number that the precision of its inputs leaves open altogether.
    OPEN = "{basis} точность напечатанных чисел не решает, верно ли {printed}.", "{basis} басылған сандардың дәлдігі {printed} мәнінің дұрыстығын анықтауға жетпейді.";
    /// How a paper rounds.
    ROUNDING_IS = "Чисел, на которых видно округление: {of}; способ «{mode}» подходит к {fits}.", "Дөңгелектеуі көрінетін сандар: {of}; басылған мән {mode} шығатыны: {fits}.";
    /// Outliers of rounding.
    ROUNDING_OUTLIERS = "Иначе округлены:", "Басқаша дөңгелектелгендер:";
    /// Nothing shows how it rounds.
    ROUNDING_HIDDEN = "По напечатанным числам способ округления не виден.", "Басылған сандардан дөңгелектеу тәсілі көрінбейді.";
    /// A table.
    TABLE_LEAD = "Каждая ячейка – отдельное число под проверкой: итоговая строка сравнивается с суммой остальных и, где он есть, с рядом ведомства; остальные строки – с тем, что оставляет им итог. Отмечены ячейки с расхождением.", "Әр ұяшық – жеке тексерілетін сан: жиынтық жол қалғандарының қосындысымен және бар жерде ведомство қатарымен салыстырылады; қалған жолдар – жиынтық оларға қалдыратын мәнмен. Алшақтығы бар ұяшықтар белгіленген.";
    /// A table's verdicts.
    TABLE_COUNTS = "Ячеек: {all}; подтверждено: {confirmed}.", "Ұяшық саны: {all}; расталғаны: {confirmed}.";
    /// Section.
    BLIND = "Чего проверка не видит", "Тексеру нені көрмейді";
    /// Blind spot.
    BLIND_1 = "Число может подтвердиться по ошибочному ряду: проверка сравнивает с тем, что опубликовало ведомство, а не с тем, что было на самом деле.", "Сан қате қатар бойынша да расталуы мүмкін: тексеру шын мәніндегі жағдаймен емес, ведомство жариялаған дерекпен салыстырады.";
    /// Blind spot.
    BLIND_2 = "Результат по числам самой статьи говорит только об их согласии между собой.", "Мақаланың өз сандары бойынша нәтиже олардың өзара үйлесімін ғана көрсетеді.";
    /// Blind spot.
    BLIND_3 = "Что именно считала статья, записали те, кто составил список чисел; неверно понятая фраза даёт неверный результат.", "Мақаланың нақты нені санағанын сандар тізімін жасаушылар жазды; қате түсінілген сөйлем қате нәтиже береді.";
    /// Blind spot.
    BLIND_4 = "Ячейка таблицы, которую не с чем сравнить, кроме её же итога, подтверждается и тогда, когда две ошибки погашают друг друга.", "Өз жиынтығынан басқа салыстыратын дерегі жоқ кесте ұяшығы екі қате бірін-бірі жойған кезде де расталады.";
    /// Blind spot.
    BLIND_5 = "Причины, прогнозы и оценки без чисел не проверяются.", "Санмен берілмеген себептер, болжамдар мен бағалар тексерілмейді.";
    /// The page of derivations.
    DERIVATIONS = "Как выведено каждое число", "Әр сан қалай шығарылды";
    /// What the page of derivations shows.
    DERIVATIONS_LEAD = "Для каждого числа показаны выражение, значение и строки источников, на которых оно основано.", "Әр сан үшін өрнек, мән және ол сүйенетін дереккөз жолдары көрсетілген.";
    /// An expression that is too long to show at once.
    EXPRESSION = "Выражение полностью", "Өрнектің толық түрі";
    /// The rows of a source.
    SOURCE_ROWS = "{source}: строки источника, {count}", "{source}: дереккөз жолдары, {count}";
    /// How many more rows there are.
    MORE_ROWS = "Показаны первые строки; всего их {count}.", "Алғашқы жолдары көрсетілген; барлығы: {count}.";
    /// Column: the row of a source.
    ROW = "Строка", "Жол";
    /// Numbers that the paper prints in its text.
    OF_TEXT = "Числа текста", "Мәтіндегі сандар";
    /// Numbers that the paper prints in its tables.
    OF_TABLES = "Ячейки таблиц", "Кесте ұяшықтары";
    /// Numbers that carry the conclusions.
    OF_HEADLINE = "Числа, на которых держатся выводы", "Қорытындылар сүйенетін сандар";
    /// Cells of tables, those that give one another counted once.
    OF_CHECKS = "Проверки таблиц (зависимые ячейки – одна)", "Кесте тексерулері (өзара тәуелді ұяшықтар – біреу)";
    /// Section: claims that hold on their basis and would not on another one.
    CONTESTED = "Подтверждено, но не на другом основании", "Расталды, бірақ басқа негізде емес";
    /// What this means.
    CONTESTED_LEAD = "Эти числа сходятся с тем, на что опирается статья, но не с другим возможным основанием; стоит назвать в тексте, которое из них имелось в виду.", "Бұл сандар мақала сүйенген негізбен сәйкес келеді, бірақ басқа ықтимал негізбен сәйкес келмейді; мәтінде қайсысы ескерілгенін атаған жөн.";
    /// The list of these.
    ALL_CONTESTED = "Подтверждено, но не на другом основании ({count})", "Расталды, бірақ басқа негізде емес ({count})";
    /// What to look at first.
    FIRST = "Что исправить или пояснить прежде всего. {title}", "Алдымен нені түзету немесе түсіндіру керек. {title}";
    /// The list of all discrepancies.
    ALL_PROBLEMS = "Все расхождения по весу ({count})", "Барлық алшақтық салмағы бойынша ({count})";
    /// A filter that lets everything through.
    ALL = "Все", "Барлығы";
    /// Findings between a number and its sources.
    BETWEEN = "Промежуточные величины: {count}", "Аралық шамалар: {count}";
    /// Back to the verdict.
    BACK = "К отчёту", "Есепке оралу";
    /// What a column of a table rests on.
    COLUMN_OF = "{table}, столбец «{column}»", "{table}, «{column}» бағаны";
    /// A method that merges borders.
    FORMULA_MERGED = "сумма по территориям, на которые разделена область", "облыс бөлінген аумақтар бойынша қосынды";
    /// Files for machines.
    FILES = "Файлы", "Файлдар";
    /// A known discrepancy.
    KNOWN = "принято с объяснением", "түсіндірмесімен қабылданған";
    /// Within headline.
    COUNT_ALL = "Всего чисел под проверкой", "Тексерілген барлық сан";
    /// Which edition.
    EDITION = "Редакция данных: {edition}.", "Деректер басылымы: {edition}.";
}

impl super::Verdict {
    /// Names the verdict in the report's languages.
    pub fn words(self) -> Bilingual {
        use super::Verdict;
        match self {
            Verdict::Confirmed => VERDICT_CONFIRMED,
            Verdict::Rounding => VERDICT_ROUNDING,
            Verdict::Contradicted => VERDICT_CONTRADICTED,
            Verdict::Inconsistent => VERDICT_INCONSISTENT,
            Verdict::Unresolved => VERDICT_UNRESOLVED,
        }
    }
}

/// Names what is no claim and why; a number is one.
pub fn of_sort(sort: super::scan::Sort) -> Option<(Bilingual, Bilingual)> {
    use super::scan::Sort;
    match sort {
        Sort::Number => None,
        Sort::Year => Some((SORT_YEAR, SORT_YEAR_WHY)),
        Sort::Reference => Some((SORT_REFERENCE, SORT_REFERENCE_WHY)),
        Sort::Label => Some((SORT_LABEL, SORT_LABEL_WHY)),
        Sort::Identifier => Some((SORT_IDENTIFIER, SORT_IDENTIFIER_WHY)),
        Sort::Scale => Some((SORT_SCALE, SORT_SCALE_WHY)),
    }
}
