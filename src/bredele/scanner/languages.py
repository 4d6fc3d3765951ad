"""What stands on the buttons of banners in the languages of Europe and of its visitors, by meaning.

Each line is one language: ways to begin (or to be) the words on a control, apart by `|`, after folding (words.py).
"""

ACCEPT_BEGINS = """
accept|allow all|allow cookies|allow|agree|i agree|i accept|consent|got it|that's fine|ok|okay|yes|enable all|continue and accept
tout accepter|accepter|j'accepte|autoriser|tout autoriser|d'accord|oui
alle akzeptieren|alles akzeptieren|akzeptier|zustimm|ich stimme zu|einverstanden|alle zulassen|zulassen|annehmen|alle annehmen|erlauben
aceptar|acepto|permitir|estoy de acuerdo|de acuerdo|entendido|si, acepto
accetta|accetto|acconsent|consenti|ho capito|va bene
accepteer|accepter|alles accepteren|alle accepteren|toestaan|akkoord|ik ga akkoord|alles toestaan
aceitar|aceito|permitir todos|concordo|concordar
akceptuj|zaakceptuj|zgadzam|zezwol|wyrazam zgode|rozumiem|przejdz do serwisu
godkann|acceptera|tillat|jag godkanner|jag accepterar|jag forstar
accepter|tillad|godkend|jeg accepterer|ok til alle
godta|aksepter|tillat|jeg godtar
hyvaksy|salli|hyvaksyn|selva
prijmout|souhlasim|povolit|prijmam|prijat|suhlasim|povolit vsetko
elfogad|osszes elfogadasa|mindet elfogadom|engedelyez|rendben
accept|sunt de acord|permite|de acord
приемам|приеми|съгласен|разреши
αποδοχη|αποδεχομαι|συμφων|αποδεχ
prihvati|prihvacam|slazem se|sprejmi|strinjam se|dovoli
noustu|noustun|luba|piekrit|apstiprin|sutink|leisti|priimti
принять|принимаю|согласен|разрешить|прийняти|погоджуюсь|дозволити
kabul|tumunu kabul|onayl|izin ver
قبول|اقبل|أقبل|موافق|أوافق|السماح|اوافق
אישור|אני מסכימ|אני מאשר|קבל|אשר|מסכימ
پذیرش|قبول|موافقم
同意|すべて許可|許可|受け入れ|承諾|了解|すべて受け入れる|全て同意
接受|全部接受|同意|允许|允許|我同意
동의|모두 동의|수락|허용|모두 허용
"""
REFUSE_BEGINS = """
reject|refuse|decline|deny|disagree|i do not|do not|don't|no|no thanks|continue without|disallow|object|necessary only|essential only|opt out|disable all|only
tout refuser|refuser|je refuse|continuer sans|rejeter|tout rejeter|interdire|tout interdire|non|s'opposer
ablehn|alle ablehnen|alles ablehnen|nur |verweiger|nicht zustimmen|ohne |nein|weiter ohne
rechaz|denegar|solo |continuar sin|no acepto|no,
rifiut|nega|solo |continua senza|non accett|prosegui senza
weiger|alles weigeren|afwijz|alles afwijzen|alleen |niet akkoord|doorgaan zonder|nee
rejeitar|recusar|apenas |so |nao aceit|continuar sem
odrzu|odmow|tylko |nie zgadzam|nie wyrazam|kontynuuj bez
avvisa|neka|avboj|endast |bara |godkann inte|fortsatt utan
afvis|kun |nej|fortsaet uden|accepter kun
avvis|avsla|kun |bare |nei
hylkaa|kiella|vain |en hyvaksy|jatka ilman
odmitnout|nesouhlas|pouze |jen |odmietnut|nesuhlas|len |iba |zamitnout
elutasit|csak |nem fogad|osszes elutasitasa
refuz|respinge|doar |numai |nu sunt
отказ|отхвърл|само |не приемам
απορριψη|απορριπτω|μονο |δεν αποδεχ|αρνηση|δεν συμφων
odbij|samo |ne prihvac|zavrni|ne strinjam
keeldu|ainult |noraidi|tikai |atmesti|tik |nesutink|loobu
отклон|отказ|только |не согласен|отхил|відхил|лише |тільки |вiдмов
reddet|tumunu reddet|yalnizca |sadece |izin verme
رفض|ارفض|أرفض|لا أوافق|لا اوافق|لا,|عدم
דחה|דחייה|סרב|סירוב|לא מסכימ|רק |דחיית
رد|نمی پذیرم
拒否|すべて拒否|同意しない|許可しない|必要な|必須
拒绝|拒絕|全部拒绝|不同意|仅|僅
거부|모두 거부|동의하지|필수
"""
SETTINGS_BEGINS = """
settings|cookie settings|cookies settings|manage|customi|preferences|options|more options|let me choose|choose|show|details|learn more and custom
personnalis|parametr|gerer|choisir|configurer|plus d'options|preferences
einstellung|cookie-einstellung|anpassen|verwalten|mehr optionen|auswahlen|individuell|privatsphare
configur|personali|ajust|gestionar|preferenc|opciones|mas opciones
gestisci|personalizza|impostazioni|preferenz|scopri di piu e personalizza
instelling|cookie-instelling|aanpassen|beheer|voorkeur|meer opties
definic|gerir|preferencias
ustawienia|dostosuj|zarzadzaj|preferencje|wiecej opcji
installning|anpassa|hantera|cookieinstallningar
indstilling|tilpas|administrer|vis detaljer
innstilling|tilpass|administrer
asetukset|mukauta|muokkaa|hallinnoi|evasteasetukset
nastaven|prizpusobit|upravit|spravovat|prisposobit
beallitas|testreszab|kezel
setari|personaliz|gestiona|preferinte
настройк|персонализ|управлен|налаштув|керуван|параметры
ρυθμισεις|προσαρμογη|διαχειριση|επιλογες
postavke|prilagodi|upravljaj|nastavitve
seaded|kohanda|halda|iestatijum|pielagot|nustatym|tvarkyti
ayarlar|ozellestir|yonet|tercih|cerez ayar
إعدادات|الإعدادات|تخصيص|إدارة|خيارات|ادارة|اعدادات
הגדרות|התאמ|ניהול|העדפות
تنظیمات|مدیریت
設定|カスタマイズ|管理|詳細設定
设置|設定|管理|自定义|自訂|偏好
설정|맞춤|관리
"""
SAVE_BEGINS = """
save|confirm|apply|done|accept selected|accept selection|allow selection|allow selected|submit
enregistrer|valider|confirmer|sauvegarder|appliquer|accepter la selection|autoriser la selection
speichern|auswahl |bestatigen|einstellungen speichern|meine auswahl|ubernehmen
guardar|confirmar|aceptar seleccion|permitir la seleccion|aplicar
salva|conferma|accetta seleziona|accetta selezione|applica|consenti seleziona
opslaan|bevestig|voorkeuren opslaan|keuze|selectie|instellingen opslaan
gravar|guardar|salvar|confirmar|aceitar seleca
zapisz|potwierdz|zatwierdz|zaakceptuj wybrane|zezwol na wybor
spara|bekrafta|godkann val|tillat urval
gem |bekraeft|tillad valgte|accepter valgte|gem
lagre|bekreft|godta valgte
tallenna|vahvista|hyvaksy valitut|salli valinta
ulozit|potvrdit|povolit vyber|prijmout vybrane|ulozit vyber
mentes|megerosit|kivalasztott
salveaza|confirma|accepta selectia
запази|потвърд|сохранить|подтвердить|зберегти|підтвердити
αποθηκευση|επιβεβαιωση
spremi|potvrdi|shrani|potrdi
salvesta|kinnita|saglabat|apstiprinat izveleto|issaugoti|patvirtinti
kaydet|onayla secim|secimi
حفظ|تأكيد|تاكيد
שמור|שמירה|אישור הבחירה
ذخیره
保存|選択を保存|確定
保存|確認|确认
저장|확인
"""
WITHDRAW_BEGINS = """
revogar consent|revogar o consent|retirar o consent|retirar o meu consent
wycofaj zgod|cofnij zgod|odwolaj zgod|wycofanie zgody
aterkalla samtycke|aterkalla mitt samtycke|dra tillbaka samtycke|dra tillbaka mitt samtycke
træk samtykke|træk mit samtykke|træk dit samtykke|tilbagetræk samtykke|tilbagekald samtykke
trekk tilbake samtykke|trekk samtykke|trekk tilbake mitt samtykke
peruuta suostumu|peru suostumu
odvolat souhlas|zrusit souhlas|odvolat suhlas|zrusit suhlas
hozzajarulas visszavonas|hozzajarulasom visszavonas|visszavonom a hozzajarulas
retrage consimtamant|retrageti consimtamant|retragerea consimtamant|retrag consimtamant
оттегли съгласие|оттегляне на съгласие|оттеглям съгласие
ανακληση συγκαταθεσης|ανακληση της συγκαταθεσης|ανακαλω τη συγκαταθεση
povuci privol|povuci suglasnost|opozovi privol|preklici soglasje|umakni soglasje
vota nousolek tagasi|tuhista nousolek|atsaukt piekrisanu|atsaukti sutikim
onayi geri cek|onayimi geri cek|rizayi geri cek|rizami geri cek|izni geri cek
отозвать согласие|отозвать мое согласие|відкликати згоду|відкликати мою згоду
سحب الموافقة|سحب موافقتي|اسحب موافقتي|إلغاء الموافقة|إلغاء موافقتي
ביטול הסכמה|בטל הסכמה|משיכת הסכמה|ביטול ההסכמה|משיכת ההסכמה
لغو رضایت|پس گرفتن رضایت
同意を撤回|同意の撤回|同意を取り消
撤回同意|撤销同意|撤銷同意
동의 철회|동의를 철회
"""
PREFERENCES = (
    r"(?:definicoes|preferencias|configuracoes|gerir|gerenciar) (?:de |os )?cookies|cookies?[ -]?(?:installningar|indstillinger|innstillinger)"
    r"|ustawienia (?:plikow )?cookie|zarzadzaj (?:plikami )?cookie|ustawienia prywatnosci|(?:hantera|administrer) (?:kakor|cookies|informasjonskapsler)"
    r"|evasteasetuk|evasteiden hallinta|hallinnoi evasteit|nastaven\w* (?:souboru |suborov )?cookie|spravovat (?:soubory |subory )?cookie"
    r"|(?:suti|cookie) ?beallitas|(?:setari|preferinte|gestiona\w*) (?:\w+ )?cookie|настройки (?:на |за )?(?:бисквитк|cookie|файлов cookie|куки)"
    r"|ρυθμισεις (?:των )?cookie|προτιμησεις (?:των )?cookie|postavke kolacica|nastavitve piskotkov|kupsiste seaded|sikdatnu iestatijum"
    r"|slapuku nustatym|cerez ?(?:ayar|tercih)|cerezleri yonet|управлени\w+ (?:файлами )?(?:cookie|куки)|налаштування (?:файлів )?(?:cookie|кукі)"
    r"|(?:إعدادات|تفضيلات|إدارة|خيارات) (?:ملفات تعريف الارتباط|ملفات الارتباط|الكوكيز)|(?:הגדרות|העדפות|ניהול) (?:ה?עוגיות|קוקי)"
    r"|تنظیمات کوکی|مدیریت کوکی|(?:クッキー|cookie) ?の?(?:設定|管理)|cookie ?(?:设置|設定|偏好|管理)|管理 ?cookie|쿠키 ?(?:설정|관리|기본 설정)"
)
"""Words of a link that leads to a preference page."""
SPEAKS = (
    r"cookie|consent|gdpr|rgpd|dsgvo|traceur|tracking|privacy|vie priv|donn[ée]es personnelles|datenschutz|einwilligung"
    r"|consentimiento|privacidad|privacidade|consenso|riservatezza|toestemming|onetrust|didomi|usercentrics|ciastecz"
    r"|evästee?|süti|kakor|kapsler|küpsis|sīkdat|slapuk|kolačić|piškot|çerez|бисквитк|куки|кукі|ملفات تعريف|الكوكيز|کوکی"
    r"|עוגיות|קוקי|クッキー|쿠키|confidentialit|soukromí|súkromi|integritet|personvern|tietosuoja|конфиденциальн|απορρήτου"
    r"|prywatno|adatvéd|隐私|隱私|プライバシー|개인정보|الخصوصية|פרטיות"
)
"""What the surroundings of a banner's buttons speak of."""
PURPOSES = (
    r"traffic|usage|improv|ameliorer|verbesser|mejorar|miglior|verbeter|recommend|interests?\b|remember|experien|understand|visitors? (?:use|count)"
    r"|trafic|frequentation|besucher|zugriff|visitas|visite|bezoek|interet|interess|reichweite|nutzung|inhalte|contenus? (?:adapt|extern)"
    r"|marknads|markedsf|markkinoin|mainon|tilasto|statyst|analiz|analyys|reklama|reklamn|reklaam|hirdet|statiszti|publicit|anunt|trafik|tartalom"
    r"|статистик|реклам|аналі|анали|маркетинг|персонал|измер|вимір|στατιστικ|διαφημ|αναλυσ|εξατομικ|oglas|trzenj|mjeren|merjen|reklaam|turund|reklam"
    r"|pazarlama|istatistik|kisisel|olcum|احصا|إحصا|تحليل|اعلان|إعلان|تسويق|قياس|تخصيص|סטטיסט|פרסום|שיווק|ניתוח|מדידה|התאמה אישית|תבליג|آمار|تبلیغ"
    r"|統計|広告|解析|分析|測定|パーソナライズ|マーケティング|统计|广告|营销|个性化|廣告|행銷|통계|광고|분석|마케팅|맞춤"
)
"""Words for what cookies are for, besides the usual purposes; folded."""
HINTS = (
    ("refuse", (r"reject|refus|declin|deny|disagree|disallow|opt-?out|onlynecessary|only-?necessary|necessary-only|essential"
     r"|without-?(?:agree|accept|consent)|accept-?necessary|allow-?necessary|sp_choice_type_13|alldenied|data-role=necessary"
     r"|dismiss-?reject|truste-consent-required")),
    ("save", r"save|confirm-?(?:choice|selection|pref)|(?:accept|allow)-?select|levelbuttonlevelcustomize|apply-?pref"),
    ("settings", (r"setting|preference|custom|manage|config|purpose|options|show-?(?:details|purposes)|learn-?more|pc-btn"
     r"|personaliz|sp_choice_type_12")),
    ("accept", (r"accept|agree|allow|opt-?in|consent-?all|grant|sp_choice_type_11|cn-ok|cm-btn-success|data-role=all|truste-consent"
     r"|cc-dismiss|btn-ok")),
)  # fmt: skip
"""How the names of elements tell their meaning where their words do not; the first that fits counts."""
