"""The town's news, the newest first. The pictures are drawings in static/demo/news/."""

from datetime import date

import msgspec

from bredele.core.declaration import Text


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """One article. `paragraphs` follow the lead; each is a text in every language."""

    slug: str
    day: date
    topic: Text
    title: Text
    lead: Text
    paragraphs: tuple[Text, ...]


COUNCIL: Text = {"en": "Town hall", "fr": "Mairie"}
LIFE: Text = {"en": "Town life", "fr": "Vie du bourg"}
NATURE: Text = {"en": "Roofs and fields", "fr": "Toits et champs"}

STORIES = (
    Story(
        slug="bredele",
        day=date(2026, 11, 21),
        topic=LIFE,
        title={
            "en": "Thirty-four kinds of bredele, each with its name",
            "fr": "Trente-quatre sortes de bredele, chacune avec son nom",
        },
        lead={
            "en": "The town oven is lit again. This year nothing goes on the plate that nobody can name.",
            "fr": "Le four du bourg est rallumé. Cette année, rien n’arrive sur l’assiette que personne ne sache nommer.",
        },
        paragraphs=(
            {
                "en": "On Saturday at six in the morning Marthe Keller pushed the first tray into the oven behind the "
                "town hall: butterbredele, because one begins with what everybody likes. By noon the trestle tables held "
                "thirty-four kinds, from anise drops to cinnamon stars.",
                "fr": "Samedi, à six heures du matin, Marthe Keller a enfourné la première plaque derrière la mairie : des "
                "butterbredele, parce qu’on commence par ce que tout le monde aime. À midi, les tréteaux portaient "
                "trente-quatre sortes, des pains d’anis aux étoiles à la cannelle.",
            },
            {
                "en": "The rule is new. Every tray carries a card that says what it is, who baked it, what is in it and how "
                "long it keeps. “Last year there was a brown one,” says Mrs Keller. “Forty people ate it and to this day "
                "nobody knows what it was. It was not even bad. But one likes to be asked.”",
                "fr": "La règle est nouvelle. Chaque plaque porte une carte : ce que c’est, qui l’a fait, ce qu’il y a dedans "
                "et combien de temps cela se garde. « L’an dernier, il y en avait un brun, dit Mme Keller. Quarante "
                "personnes en ont mangé et nul ne sait encore ce que c’était. Ce n’était même pas mauvais. Mais on aime "
                "bien qu’on nous demande. »",
            },
            {
                "en": "The oven burns every Saturday until Christmas. Bring a tin, and a card.",
                "fr": "Le four brûle tous les samedis jusqu’à Noël. Apportez une boîte, et une carte.",
            },
        ),
    ),
    Story(
        slug="night-bus",
        day=date(2026, 11, 12),
        topic=COUNCIL,
        title={
            "en": "The night bus will run, by twelve votes to three",
            "fr": "Le bus de nuit roulera, par douze voix contre trois",
        },
        lead={
            "en": "From January a small bus will meet the last train and bring everybody home.",
            "fr": "Dès janvier, un petit bus attendra le dernier train et ramènera tout le monde.",
        },
        paragraphs=(
            {
                "en": "It has eight seats and will wait for the train, not the other way round: that sentence took the "
                "council forty minutes. The driver, Samir Baumann, asked only that the stop at the wash house keep its lamp.",
                "fr": "Il a huit places et attendra le train, et non l’inverse : cette phrase a pris quarante minutes au "
                "conseil. Le chauffeur, Samir Baumann, a seulement demandé que l’arrêt du lavoir garde sa lanterne.",
            },
            {
                "en": "The three who voted against it said that nobody travels at that hour. The twelve answered that nobody "
                "can. A count of passengers will be read out in June: how many, not who.",
                "fr": "Les trois voix contraires disaient que personne ne voyage à cette heure-là. Les douze ont répondu que "
                "personne ne le peut. Le nombre de passagers sera lu en juin : combien, et non qui.",
            },
        ),
    ),
    Story(
        slug="harvest",
        day=date(2026, 10, 3),
        topic=NATURE,
        title={"en": "A short harvest, and a good one", "fr": "Des vendanges courtes, et bonnes"},
        lead={
            "en": "Eleven days instead of sixteen: the slope behind the church is bare, and the cellars smell of it.",
            "fr": "Onze jours au lieu de seize : le coteau derrière l’église est nu, et cela sent dans toutes les caves.",
        },
        paragraphs=(
            {
                "en": "There was less of everything, say the growers, and more in each of them. The Riesling came in first, "
                "the Pinot gris last, on a Thursday, ten minutes before the rain.",
                "fr": "Il y avait moins de tout, disent les vignerons, et davantage dans chacun. Le riesling est rentré le "
                "premier, le pinot gris le dernier, un jeudi, dix minutes avant la pluie.",
            },
            {
                "en": "Pickers came from nine countries and one from across the street. The new wine is poured at the wash "
                "house on Sundays, with onion tart, until one of the two runs out. In most years it is the tart.",
                "fr": "Les vendangeurs venaient de neuf pays, et l’un d’en face. Le vin nouveau se sert au lavoir le dimanche, "
                "avec de la tarte à l’oignon, jusqu’à ce que l’un des deux manque. D’habitude, c’est la tarte.",
            },
        ),
    ),
    Story(
        slug="bell",
        day=date(2026, 9, 14),
        topic=LIFE,
        title={
            "en": "The bell rings four minutes late, and may go on doing so",
            "fr": "La cloche sonne avec quatre minutes de retard, et pourra continuer",
        },
        lead={
            "en": "A clockmaker offered to mend it. The town asked itself what it would lose.",
            "fr": "Un horloger proposait de la régler. Le bourg s’est demandé ce qu’il y perdrait.",
        },
        paragraphs=(
            {
                "en": "The bell of Saint-Ulrich has been late since the spring of 1974. The school, the bakery and the "
                "bus have all agreed with it. Mending it would make the whole town early.",
                "fr": "La cloche de Saint-Ulrich retarde depuis le printemps 1974. L’école, la boulangerie et le bus se sont "
                "accordés avec elle. La régler mettrait tout le bourg en avance.",
            },
            {
                "en": "The clockmaker was thanked, paid for the journey, and given a cherry tart. A plaque now says what "
                "the time is elsewhere.",
                "fr": "L’horloger a été remercié, défrayé, et a reçu une tarte aux cerises. Une plaque indique désormais "
                "l’heure qu’il est ailleurs.",
            },
        ),
    ),
    Story(
        slug="storks",
        day=date(2026, 2, 19),
        topic=NATURE,
        title={
            "en": "The storks are back, three days early",
            "fr": "Les cigognes sont revenues, trois jours trop tôt",
        },
        lead={
            "en": "First one, then an argument, then two: the nest on the town hall is taken for the season.",
            "fr": "D’abord une, puis une dispute, puis deux : le nid de la mairie est pris pour la saison.",
        },
        paragraphs=(
            {
                "en": "The mayor, whose office is directly below, was told by a stick on her desk. “I know them by their "
                "noise,” says Odile Ritter. “They have no rings and no number, and I have never needed one.”",
                "fr": "La maire, dont le bureau est juste en dessous, l’a appris par une brindille sur ses dossiers. « Je les "
                "reconnais au bruit, dit Odile Ritter. Elles n’ont ni bague ni numéro, et je n’en ai jamais eu besoin. »",
            },
            {
                "en": "Please do not fly kites near the town hall until August, and expect the clatter at seven. Those who "
                "want to watch may do so from the bench under the lime tree, which was put there for that.",
                "fr": "Merci de ne pas jouer au cerf-volant près de la mairie avant août, et attendez-vous au claquement de "
                "sept heures. Qui veut regarder le peut, du banc sous le tilleul, posé là pour cela.",
            },
        ),
    ),
)
STORY = {story.slug: story for story in STORIES}
