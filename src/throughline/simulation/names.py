"""Names of invented people: what is common in Britain today, put together at random, with their short and other forms.

The lists are our own, from common usage, and hold common names only: each is borne by thousands of people, so that a
name alone tells of nobody, and the date of birth, the address and the numbers that go with it here are invented. Which
given name meets which surname is thrown by dice within one of six broad mixes; one person in twelve has a given name of
one and a surname of another. The order within a list is roughly how common a name is, and the chance of a name falls
with its rank (Zipf's law, flattened). Neither the shares of the mixes nor the order were measured.
"""

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

import numpy as np

__all__ = ["forms_of", "invent"]

ACROSS: Final = 1 / 12
"""The share of people whose given name and surname come from two mixes."""
DOUBLE_BARRELLED: Final = 0.03
"""The share of surnames that are two joined by a hyphen."""
FLATTENING: Final = 6

# Between semicolons stands one name, then its short and other forms. Of the British, names of three times: born
# before 1970, before 1995, and since.
_BRITISH_MEN = (
    """
    David Dave Davey; John Johnny Jon Jack; Peter Pete; Michael Mike Mick Micky; Alan Allan Allen Al; Robert
    Rob Bob Bobby; Stephen Steven Steve Ste; Paul; Brian Bryan; Graham Graeme; Philip Phillip Phil; Anthony
    Tony Antony; Colin Col; Christopher Chris; Geoffrey Geoff Jeff; William Bill Billy Will; James Jim Jimmy;
    Keith; Terence Terry Tel; Barry Baz; Malcolm Malc; Ian Iain; Richard Rick Dick; Trevor Trev; Roger; Derek
    Del; Dennis Den; Raymond Ray; Kenneth Ken Kenny; Nigel Nige; Leslie Les; Gordon; Thomas Tom Tommy; Patrick
    Pat Paddy; Gareth Gaz
    """,
    """
    Paul; Mark Marc; Andrew Andy Drew; David Dave; Richard Rich Ricky; Christopher Chris Kit; James Jim Jimmy
    Jay; Simon Si; Michael Mike Mikey; Matthew Matt Matty; Stephen Steven Steve Ste; Lee Leigh; John Jon
    Johnny; Robert Rob Robbie Bobby; Darren Daz; Daniel Dan Danny; Craig; Jason Jay Jase; Stuart Stewart Stu;
    Neil Neal; Anthony Tony Ant; Martin Mart; Kevin Kev; Gary Garry Gaz; Adam Ad; Scott Scotty; Philip Phil;
    Carl Karl; Wayne; Ryan; Gareth Gaz; Nicholas Nick Nicky; Jonathan Jonny Jon; Benjamin Ben Benny; Dean
    Deano; Shaun Sean Shane; Thomas Tom Tommy; Alexander Alex; Ashley Ash; Liam Lee; Luke; Nathan Nate; Joseph
    Joe Joey; Carlton; Leon; Marlon; Winston; Delroy Del
    """,
    """
    Jack Jackson; Thomas Tom Tommy; Joshua Josh; James Jamie Jay; Daniel Dan Danny; Harry; Samuel Sam Sammy;
    Callum Calum Cal; Joseph Joe Joey; Matthew Matt Matty; William Will Billy; Ryan Ry; Luke; Lewis Louis Lew;
    Connor Conor Con; Jake Jacob; Benjamin Ben Benny; George Georgie; Alexander Alex Lex; Liam; Kieran Keiran
    Kier; Oliver Olly Ollie; Bradley Brad; Tyler Ty; Kyle Ky; Jordan Jord; Nathan Nate; Reece Rhys Reese;
    Charlie Charley Charles; Cameron Cam; Aaron Aron Az; Jamie Jay; Ethan Eth; Dylan Dyl; Mason Mase; Alfie
    Alf; Riley Rylee; Kai Ky; Logan; Brandon Bran; Leon; Finley Fin; Toby Tobes; Owen; Max Maxwell; Archie
    Arch; Jayden Jaden Jay; Declan Dec; Corey Cory; Tyrone Ty; Jermaine Jerm; Marcus Marc; Kane; Kaiden Kaden
    """,
)
_BRITISH_WOMEN = (
    """
    Susan Sue Suzy; Margaret Maggie Marge Peggy; Patricia Pat Trish Patsy; Christine Chris Chrissie; Mary
    Maureen; Linda Lynda Lin; Jean Jeanie; Janet Jan; Carol Carole; Ann Anne Annie; Elizabeth Liz Beth Betty;
    Barbara Barb Babs; Sandra Sandy; Pauline; Jacqueline Jackie; Gillian Gill Jill; Maureen Mo; Sheila
    Shelagh; Valerie Val; Kathleen Kath Kathy; Marion Marian; Brenda; Judith Judy; Lesley Les; Shirley; Hazel;
    Diane Di Diana; Wendy; Theresa Teresa Terry; Dorothy Dot Dotty
    """,
    """
    Sarah Sara; Claire Clare; Nicola Nicky Nikki; Emma Em; Lisa; Joanne Jo Joanna; Michelle Shell Chelle;
    Helen Nell; Samantha Sam Sammy; Karen Kaz; Amanda Mandy; Rachel Rachael Rach; Louise Lou; Julie Jules;
    Clare Claire; Rebecca Becky Becca Bex; Sharon Shaz; Victoria Vicky Vix Tori; Caroline Caz; Susan Sue;
    Angela Angie Ange; Alison Ali; Jennifer Jenny Jen; Kerry Kerrie; Tracey Tracy Trace; Donna; Laura;
    Katherine Kathryn Catherine Kate Katie Kath; Natalie Nat; Gemma Gem; Kelly Kel; Stacey Stacy Stace; Leanne
    Lee; Kirsty Kirstie; Zoe Zoey; Danielle Dani; Hayley Haylee; Lindsay Lyndsey; Marcia; Yvonne Von;
    Charmaine
    """,
    """
    Emily Em Emmy; Jessica Jess Jessie; Chloe Khloe Clo; Lauren Laurie; Charlotte Charlie Lottie; Hannah Hanna
    Han; Sophie Soph Sofie; Olivia Liv Livvy; Megan Meg Meghan; Bethany Beth Bethan; Amy Ami Aimee; Rebecca
    Becky Becca Bex; Lucy Luce; Georgia George Georgie; Katie Katy Kate; Ellie Elle Eleanor; Grace Gracie;
    Molly Mol; Holly Hollie Hol; Abigail Abby Abi; Paige; Jade; Courtney Court; Shannon Shan; Leah Lea; Mia;
    Ella; Amelia Millie Amy; Poppy Pops; Lily Lilly Lil; Evie Evelyn Eve; Caitlin Kaitlin Cait; Tia Tiah;
    Demi; Keira Kiera; Skye; Kayleigh Kayley; Maisie Maisy; Summer; Ruby Rubes; Isabella Bella Izzy; Alisha
    Alicia Lish; Shanice; Chanel Chanelle
    """,
)
_BRITISH_SURNAMES = """
    Smith Smyth Smythe; Jones; Williams Williamson; Taylor Tayler; Brown Browne; Davies Davis; Evans; Wilson
    Willson; Thomas; Roberts; Johnson Johnston; Lewis Louis; Walker; Robinson; Wood Woods; Thompson Thomson;
    White Whyte; Watson; Jackson; Wright Right; Green Greene; Harris; Cooper; King; Lee Leigh Lea; Martin
    Martyn; Clarke Clark; James; Morgan; Hughes Hewes; Edwards; Hill; Moore More Moor; Clark Clarke; Harrison;
    Scott; Young; Morris Maurice; Hall; Ward; Turner; Carter; Phillips Philips; Mitchell Mitchel; Patterson
    Paterson; Adams; Campbell; Anderson Andersen; Allen Allan Alan; Cook Cooke; Bailey Bayley Baily; Parker;
    Miller Millar; Davis Davies; Murphy; Price Pryce; Bell; Baker; Griffiths Griffith; Kelly Kelley; Simpson;
    Marshall Marshal; Collins; Bennett Bennet; Cox; Richardson; Fox; Gray Grey; Rose; Chapman; Hunt;
    Robertson; Shaw; Reynolds; Lloyd Loyd; Ellis; Richards; Russell Russel; Wilkinson; Graham; Stewart Stuart;
    Reid Read Reed; Murray; Powell; Palmer; Holmes; Rogers Rodgers; Stevens Stephens; Walsh; Hunter; Thornton;
    Matthews Mathews; Ross; Owen Owens; Mason; Knight; Kennedy; Butler; Saunders Sanders; Cole; Pearce Pierce
    Pearse; Dean Deane; Foster; Harvey; Hudson; Gibson; Mills; Berry; Barnes; Pearson; Booth; Grant; Dixon
    Dickson; Lane; Fisher; Gordon; Nicholson; Webb; Hart; Perry; Spencer; Burton; Armstrong; Andrews; Elliott
    Elliot; Day; Bird; Newman; West; Riley Reilly; Duncan; Francis; Lawson; Cunningham; Fletcher; Doyle;
    Hammond; Brooks; Wallace Wallis; Hawkins; Arnold; Sutton; Dawson; Jordan; Jenkins; Ryan; Ferguson;
    Henderson; Byrne Burn; Holland; Rowe Row; Gallagher; Nolan; Pritchard; Bowen; Rees Reece; Parry; Sinclair;
    McDonald MacDonald; McKenzie MacKenzie; McLean Maclean; O'Brien; O'Connor; O'Neill; Quinn; Farrell;
    Barker; Stone; Porter; Gardner Gardiner; Payne Paine; Bishop; Todd; Lowe Low; Barrett; Goodwin; Townsend;
    Carr Kerr; Watts; Field; Swift; Marsh; Blake; Flynn; Sharp Sharpe; Long; Hobbs; Page; Finch; Frost;
    Bolton; Cross; Ashton; Heath; Poole; Bentley; Slater; Hewitt; Norton; Glover; Humphreys Humphries;
    Atkinson; Lambert; Waters; Hodgson; Nash; Warren; Whitehead; Steele Steel; Burgess; Pope; Kirby; Mann
"""
_MUSLIM_MEN = """
    Mohammed Muhammad Mohamed Mohammad Mo; Ahmed Ahmad; Ali Aly; Hassan Hasan; Hussain Hussein Husain; Ibrahim
    Ebrahim Ibby; Imran; Usman Osman Uthman; Bilal Billy; Omar Umar; Yusuf Yousuf Yousef; Abdullah Abdulla
    Abdul; Adam; Hamza Hamzah; Zain Zayn Zane; Khalid Khaled; Tariq Tarik; Asif; Kamran Kam; Faisal Faysal;
    Shahid Shah; Nadeem Nadim; Rashid; Waqas; Adeel Adil; Haroon Harun; Ismail Ismael; Junaid; Rizwan Riz;
    Sajid Saj; Zubair; Abdi; Yasin Yaseen; Karim Kareem; Samir Sameer
"""
_MUSLIM_WOMEN = """
    Fatima Fatimah; Aisha Ayesha Aysha; Maryam Mariam; Zainab Zaynab; Khadija Khadijah; Amina Aminah; Sana;
    Sadia Sadiya; Nadia; Saira Sarah; Shazia; Rukhsana; Noor Nur; Hafsa Hafsah; Iqra; Sumaya Sumayyah; Hana
    Hanna; Layla Leila; Yasmin Yasmeen; Asma; Farah; Rabia; Samina; Halima Halimah; Safiya Safia; Nasreen
    Nasrin
"""
_MUSLIM_SURNAMES = """
    Khan; Ahmed Ahmad; Hussain Hussein Husain; Ali; Begum; Malik Mallik; Akhtar Akter; Shah; Mahmood Mahmoud;
    Iqbal; Miah Mia; Uddin; Rahman Rehman; Islam; Chowdhury Choudhury Chaudhry; Mohamed Mohammed Mohamud;
    Hassan Hasan; Aziz; Qureshi Quraishi; Mirza; Sheikh Shaikh; Siddiqui Siddique; Butt; Bibi; Hoque Haque;
    Abdi; Yusuf Yousuf; Omar Umar; Osman Usman; Warsame; Farah; Jama; Ibrahim; Karim; Nawaz; Saleem Salim;
    Rashid; Tariq; Zaman; Javed
"""
_INDIAN_MEN = """
    Amit; Raj Rajesh; Sanjay Sanj; Harpreet Harry; Gurpreet Gary; Jaspreet Jas; Manpreet Manny; Sandeep Sandip
    Sandy; Ravi; Vijay Vij; Sunil; Anil; Nikhil Nik; Arjan Arjun; Kiran; Rohan; Karan; Deepak Dee; Jagdeep
    Jag; Sukhdeep Sukh; Balraj Bal; Dilan Dylan
"""
_INDIAN_WOMEN = """
    Priya; Harpreet; Jaspreet Jas; Manpreet; Kiran; Anita; Sunita; Pooja Puja; Neha; Simran Sim; Meera Mira;
    Anjali; Rajvinder Raj; Amrit; Nisha; Kavita; Geeta Gita; Shivani; Hema; Reena Rina
"""
_INDIAN_SURNAMES = """
    Patel; Singh Sing; Kaur; Sharma; Shah; Gill; Sandhu; Dhillon; Sidhu; Kumar; Gupta; Mistry; Bains; Grewal;
    Desai; Joshi; Dhaliwal; Virdee Virdi; Chauhan Chohan; Parmar; Rai; Johal; Nair; Reddy; Mehta; Thakur;
    Bhatt; Solanki; Gohil; Sahota
"""
_AFRICAN_MEN = """
    Emmanuel Manny; Samuel Sam; Daniel Dan; Kwame; Kofi; Tunde; Femi; Chidi; Emeka; Segun; Ade; Tobi Toby;
    Kojo; Yaw; Ayo; Ola; Michael Mike; Joseph Joe; Abraham Abe; Elijah Eli; Isaac Ike; Jerome; Andre; Malachi
    Mal; Tyrell Ty; Kwesi; Obi; Ikenna Ike; Tendai; Themba; Jean; Dieudonne; Solomon Sol; Nathaniel Nate;
    Jeremiah Jez
"""
_AFRICAN_WOMEN = """
    Grace; Blessing; Esther; Mercy; Abena; Ama; Efua; Ngozi; Chioma; Funmi; Yetunde; Folake; Adaeze Ada;
    Precious; Comfort; Patience; Ruth; Deborah Debs; Naomi; Rachel Rach; Akosua; Temi; Shola; Tanisha Tan;
    Aaliyah Aliyah; Kezia; Faith; Joy; Rutendo; Thandi
"""
_AFRICAN_SURNAMES = """
    Mensah; Owusu; Boateng; Appiah; Asante; Osei; Addo; Okafor Okafo; Okeke; Eze; Nwosu; Adeyemi; Adebayo
    Adebeyo; Ogunleye; Balogun; Bello; Okoro; Ibe; Afolabi; Lawal; Danso; Agyeman Agyemang; Sarpong; Antwi;
    Moyo; Ncube; Dube; Sibanda; Kamara; Sesay; Conteh; Bangura; Kabila; Mukasa; Otieno; Kimani; Tesfaye;
    Bekele; Haile; Campbell; Brown Browne; Williams; Clarke Clark; Francis; Grant; Morgan; Reid; Bailey;
    Gordon; Thompson; Henry; Wright
"""
_EASTERN_MEN = """
    Piotr Peter; Krzysztof Chris Kris; Andrzej Andrew; Tomasz Tomek Tom; Pawel Paul; Marcin Martin; Michal
    Michael; Adrian Adi; Lukasz Luke; Kamil; Jakub Kuba; Mateusz Matt; Andrei Andrew; Alexandru Alex; Ionut;
    Marius; Florin; Cristian Chris; Mihai Mike; Vasile; Arben Ben; Besnik; Erion; Ardit; Klajdi; Edmond Mondi;
    Dritan; Fatos; Genti; Vladimir Vlad; Dmitri Dima; Tomas; Jonas; Marek
"""
_EASTERN_WOMEN = """
    Anna Ania; Katarzyna Kasia Kate; Agnieszka Aga Agnes; Magdalena Magda; Joanna Asia; Monika Monica; Ewa
    Eva; Malgorzata Gosia; Maria; Elena Helena; Ioana Joanna; Andreea Andrea; Mihaela; Cristina Christina;
    Alina; Daniela Dani; Elira; Mirela; Blerta; Arta; Natalia Nat; Olga; Svetlana Lana; Justyna Justine;
    Karolina Carolina
"""
_EASTERN_SURNAMES = """
    Nowak Novak; Kowalski Kowalsky; Wisniewski Wisniewska; Wojcik Wojcik; Kaminski Kaminska; Lewandowski
    Lewandowska; Zielinski; Szymanski; Dabrowski; Kozlowski; Mazur; Jankowski; Popescu; Ionescu; Popa; Radu;
    Stan; Dumitru; Stoica; Gheorghe George; Matei; Ciobanu; Rusu; Hoxha Hodja; Shehu; Prifti; Leka; Gjoka;
    Marku; Cela; Dervishi; Balla; Petrov Petroff; Ivanov; Georgiev; Dimitrov; Horvath Horvat; Kovacs Kovac;
    Jankauskas; Kazlauskas; Ozols; Berzins
"""
_IRISH_MEN = """
    Patrick Paddy Pat; Sean Shaun Shane; Michael Mick Mikey; Kevin Kev; Brendan; Declan Dec; Conor Connor;
    Eoin Owen; Niall Neil; Ciaran Kieran; Liam; Aidan Aiden; Cathal; Dermot; Martin Mart; Thomas Tommy; James
    Jimmy; John Johnny; Eamonn Eamon; Rory; Fergus; Donal
"""
_IRISH_WOMEN = """
    Mary; Bridget Biddy; Siobhan; Aoife; Niamh Neve; Sinead; Orla; Ciara Keira; Roisin; Grainne; Margaret
    Maggie; Kathleen Kath; Eileen; Caoimhe Keeva; Deirdre; Maeve; Shauna; Theresa Teresa; Nora; Una
"""
_IRISH_SURNAMES = """
    Murphy; Kelly Kelley; O'Sullivan; Walsh Welsh; O'Brien; Byrne Burns; Ryan; O'Connor; O'Neill; O'Reilly
    Reilly; Doyle; McCarthy McCarty; Gallagher Gallaher; Doherty Dougherty; Kennedy; Lynch; Murray; Quinn;
    Moore; McLaughlin McLoughlin; Connolly; Daly Daley; Wilson; Dunne Dunn; Brennan; Burke Bourke; Collins;
    Campbell; Clarke; Johnston; Hughes; Farrell; Fitzgerald; Brown; Martin; Maguire McGuire; Nolan; Flynn;
    Thompson; Power; Ward; Joyce; Cash; Connors; Stokes; McDonagh McDonough; Maughan
"""


@dataclass(frozen=True, slots=True)
class _Names:
    """Names in a list with the running total of their chances."""

    names: tuple[str, ...]
    chances: tuple[float, ...]

    def one(self, dice: np.random.Generator) -> str:
        return self.names[min(bisect(self.chances, dice.random()), len(self.names) - 1)]


_FORMS: dict[str, tuple[str, ...]] = {}


def _listed(text: str) -> _Names:
    groups = [group.split() for group in text.split(";")]
    for name, *others in groups:
        _FORMS[name] = tuple(dict.fromkeys((*_FORMS.get(name, ()), *(one for one in others if one != name))))
    weights = [1 / (rank + FLATTENING) for rank in range(len(groups))]
    return _Names(tuple(group[0] for group in groups), _running(weights))


def _running(weights: Sequence[float]) -> tuple[float, ...]:
    total = sum(weights)
    return tuple(accumulate(weight / total for weight in weights))


@dataclass(frozen=True, slots=True)
class _Mix:
    """The names of one broad mix: men and women of three times, and the surnames; its share in those times."""

    men: tuple[_Names, ...]
    women: tuple[_Names, ...]
    surnames: _Names
    shares: tuple[float, float, float]


def _same(text: str) -> tuple[_Names, ...]:
    return (_listed(text),) * 3


_MIXES: Final = (
    _Mix(tuple(map(_listed, _BRITISH_MEN)), tuple(map(_listed, _BRITISH_WOMEN)), _listed(_BRITISH_SURNAMES),
         (0.84, 0.76, 0.66)),
    _Mix(_same(_MUSLIM_MEN), _same(_MUSLIM_WOMEN), _listed(_MUSLIM_SURNAMES), (0.03, 0.08, 0.12)),
    _Mix(_same(_INDIAN_MEN), _same(_INDIAN_WOMEN), _listed(_INDIAN_SURNAMES), (0.03, 0.04, 0.04)),
    _Mix(_same(_AFRICAN_MEN), _same(_AFRICAN_WOMEN), _listed(_AFRICAN_SURNAMES), (0.03, 0.05, 0.09)),
    _Mix(_same(_EASTERN_MEN), _same(_EASTERN_WOMEN), _listed(_EASTERN_SURNAMES), (0.02, 0.04, 0.06)),
    _Mix(_same(_IRISH_MEN), _same(_IRISH_WOMEN), _listed(_IRISH_SURNAMES), (0.05, 0.03, 0.03)),
)  # fmt: skip
_OF_A_TIME: Final = tuple(_running([mix.shares[time] for mix in _MIXES]) for time in range(3))
_TIMES: Final = (1970, 1995)


def invent(dice: np.random.Generator, sex: str, year: int) -> tuple[str, str]:
    """A given name and a surname for someone born in ``year``; ``sex`` is a word that begins with f, or any other."""
    time = bisect(_TIMES, year)
    mix = _mix(dice, time)
    family = _mix(dice, time) if dice.random() < ACROSS else mix
    given = (mix.women if sex[:1].lower() == "f" else mix.men)[time].one(dice)
    surname = family.surnames.one(dice)
    if dice.random() < DOUBLE_BARRELLED:
        second = _MIXES[0].surnames.one(dice)
        surname = surname if second == surname else f"{surname}-{second}"
    return given, surname


def _mix(dice: np.random.Generator, time: int) -> _Mix:
    return _MIXES[min(bisect(_OF_A_TIME[time], dice.random()), len(_MIXES) - 1)]


def forms_of(name: str) -> tuple[str, ...]:
    """The short and other forms of a given name, or the other spellings of a surname; none for most."""
    return _FORMS.get(name, ())
