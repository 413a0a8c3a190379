"""Tolls told in more than one breath: late deaths, both sides, rival wholes, plain killers."""

from datetime import UTC, datetime

import pytest

from tasks.coding.coder import Coder
from tests.unit.coding.coding_texts import document

N = None


@pytest.mark.parametrize(
    ("text", "toll"),
    [
        ("A mine killed a sergeant and his driver near Kidal, Mali, on Tuesday. Three others were wounded, one of whom later died.", (3, 3, 3)),
        ("Two teenagers were shot dead by troops in Jenin in the West Bank on Thursday. A third man, hit in the neck, died of his wounds at noon.", (3, 3, 3)),
        ("A blast in Quetta, Pakistan, on Sunday killed 11 people and hurt 40. Two of the wounded died overnight, taking the toll to 13.", (13, 13, 13)),
        ("Militants stormed a hotel in Kismayo, Somalia, on Sunday. All four attackers were killed, along with nine civilians, police said.", (13, 13, 13)),
        ("A police officer was stabbed to death by a suspected militant in Kuta, Indonesia, on Sunday. The attacker was shot dead at the scene.", (2, 2, 2)),
        ("The army said it killed 23 militants near Mir Ali, Pakistan, on Saturday. Four soldiers also died in the fighting.", (27, 27, 27)),
        ("Suspected militants shot dead a village headman, his wife and their two sons in Pulwama, India, on Monday.", (4, 4, 4)),
        ("Six people were burnt alive when a mob set fire to a bus in Cochabamba, Bolivia, on Friday.", (6, 6, 6)),
        ("Planes bombed Kauda, Sudan, on Wednesday, killing a mother and her three children, a rebel spokesman said.", (4, 4, 4)),
        ("The toll from Monday's attack on a convoy near Gao, Mali, has risen to 18, the army said. It had earlier spoken of 11 dead.", (18, 18, 18)),
        ("Gunmen raided a mine near Djugu, DR Congo, on Sunday, killing 29 people according to the chief; the army gave a figure of 17.", (17, 29, 29)),
        ("Separatists of the Balochistan Liberation Army attacked a post at Kalat, Pakistan, on Friday. The BLA said it had killed 21 soldiers. Three of its men died, it said. The military put its losses at five dead and those of the attackers at 12.", (17, 17, 24)),
        ("Rebels attacked an army convoy near Kidal, Mali, on Sunday. A third soldier has died of his wounds, a hospital source said. His two comrades died on the spot.", (3, 3, 3)),
        ("Troops fired on marchers in Merida, Venezuela, on Monday. Eight were dead before nightfall. A ninth, a girl of 12, died Tuesday.", (9, 9, 9)),
        ("Gunmen attacked a checkpoint near Bannu, Pakistan, on Sunday. A constable died in hospital, taking to five, a passer-by included, the number of lives lost in the attack.", (5, 5, 5)),
        ("A shell hit a bus stop in Kherson, Ukraine, on Tuesday. An elderly man has died in hospital. That makes four deaths in the attack.", (4, 4, 4)),
        ("Gunmen stormed a police station in Owerri, Nigeria, on Sunday. The commissioner said two inspectors paid the supreme price while three of the assailants were neutralised.", (5, 5, 5)),
        ("A car bomb killed nine people in Baghdad, Iraq, on Monday, police said. A hospital official earlier put the toll at six.", (9, 9, 9)),
        ("Rebels attacked a garrison in Chalatenango, El Salvador, on Tuesday and killed four soldiers. Radio Norte said the army had 35 dead and wounded.", (4, 4, 4)),
        ("Guerrillas clashed with soldiers near San Pablo, Colombia, on Tuesday. The mayor said there were dead on both sides.", (1, N, N)),
        ("Gunmen fired on a patrol near Noney, India, on Wednesday. Two nurses who saw it were treated as witnesses.", (0, N, N)),
        ("Russian drones attacked a bakery in Zolochiv, Ukraine, on Thursday. Six people have cuts. All will live, the mayor said.", (0, 0, 0)),
        ("Raiders attacked a village near Bama, Nigeria, on Monday and killed six men. More than 900 people have died since the rebels took up arms.", (6, 6, 6)),
        ("Police fired on strikers in Basra, Iraq, on Monday, killing at least one. A hospital confirmed one death. Organisers said a second man had died.", (1, 1, 2)),
        ("Rebels of the Farabundo Marti National Liberation Front (FMLN) attacked an army post in Usulutan, El Salvador, on Monday. Nineteen members of the rebel People's Army (ERP) and three soldiers were killed.", (22, 22, 22)),
        ("Israeli strikes on Rafah, Gaza, overnight killed 22 people, 18 of them children, health officials said.", (22, 22, 22)),
        ("An imam and three worshippers were abducted from a mosque in Zurmi, Nigeria, on Friday. One of them was later found dead.", (1, 1, 1)),
        ("Eight miners, all Chinese nationals, and a security guard were shot dead near Bambari, Central African Republic, on Sunday.", (9, 9, 9)),
        ("The rebels said they killed 15 soldiers in an attack on Bunagana, DR Congo, on Monday. The army put its losses at four.", (4, 4, 15)),
        ("A police chief was among four people killed by a car bomb in Kandahar, Afghanistan, on Tuesday.", (4, 4, 4)),
        ("Twenty people lost their lives in an attack on Gbadolite, DR Congo, on Sunday, up from an earlier toll of 16.", (20, 20, 20)),
        ("Soldiers shot dead at least 16 people in Khash, Iran, on Friday. On September 30, known as Bloody Friday, more than 80 people were killed in Zahedan.", (16, 16, N)),
        ("Between 20 and 25 people were killed when a drone fired on a bus station in Bure, Ethiopia, on Sunday, a doctor said. The raid, the mayor said, killed more than 20.", (20, N, 25)),
        ("Gunmen killed two policemen in Tikrit, Iraq, on Monday. A third soldier died when his truck overturned.", (2, 2, 2)),
        ("Police fired on marchers in Kisumu, Kenya, on Tuesday, killing two.\n\nHundreds marched.\n\nRights groups say at least 50 people have been killed across the country in the protests.", (2, 2, 2)),
        ("Rebels attacked a post in Cauca, Colombia, on Sunday, killing three policemen. The war kills some 3,500 people a year.", (3, 3, 3)),
        ("Fighters of the Lord's Resistance Army, a group that in December slaughtered more than 300 villagers, abducted 31 people on Saturday night near Zemio, Central African Republic. Nobody was killed.", (0, 0, 0)),
        ("A crowd beat two men to death in Antigua, Guatemala, on Sunday after accusing them of murdering a driver.", (2, 2, 2)),
    ],
)  # fmt: skip
def test_a_toll_told_in_more_than_one_breath(
    coder: Coder, text: str, toll: tuple[int, int | None, int | None]
) -> None:
    coded = coder.code(document(text, published=datetime(2024, 5, 24, tzinfo=UTC)))
    found = coded.mentions[0].fatalities
    assert (found.low, found.best, found.high) == toll
