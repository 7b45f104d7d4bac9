"""Short and other forms of given names in use in Britain, and names written many ways in Latin letters.

Each line is one group: any of its names may stand for any other. A name may be in several groups (Alex, Ted). The
English groups were written for Throughline from common usage and are of the kind that E. G. Withycombe, The Oxford
Dictionary of English Christian Names (3rd edition, 1977), lists under the full name; they were not checked entry by
entry. The groups of spellings are of the kind that Arabic, Urdu, Bengali, Polish, Romanian and Albanian names take in
British records. Change a group and its test in `tests/selectors/test_names.py` together.
"""

_GROUPS = """
abigail abby abbie gail
abraham abe abram bram
adam ad
albert al bert bertie
alexander alex alec alexei aleksander aleksandr alasdair alistair alastair sandy sasha xander lex
alexandra alex alexa sandra sandy sasha lexi
alfred alf alfie fred freddie
alice ali allie
amanda mandy manda
andrew andy drew andrei andrey andrzej andre
angela angie ange
anne ann anna annie nan nancy hannah
anthony tony antony anton ant
archibald archie
arthur art artie
barbara barb babs
barnaby barney
benjamin ben benny benji
bernard bernie
brandon bran
bradley brad
bridget bridie biddy
cameron cam
caroline carolyn carrie caz
catherine katherine kathryn katharine cathy kathy kate katie kat kit kitty katy cath
charles charlie charley chas chaz chuck karl carl
charlotte charlie lottie lotte char
christina christine chris chrissie tina kristina
christopher chris kit christo kris topher
claire clare
clifford cliff
colin col
cynthia cindy
daniel dan danny danni
danielle dani danni
darren daz
david dave davey davie dai dafydd
deborah debra deb debbie debs
dennis den denny
derek del
dominic dom nick
donald don donny
dorothy dot dottie dolly
douglas doug dougie
edward ed eddie ted teddy ned eddy
edwin ed eddie
eleanor ellie nell nora elle lena
elizabeth liz lizzie beth betty bess betsy eliza elsie libby lisa elisabeth ellie
emily em emmy millie
emma em emmy
ethan eth
eugene gene
evelyn eve evie
fiona fi
florence flo florrie flossie
frances fran frankie fanny
francis frank frankie
franklin frank
frederick fred freddie freddy fredrick
gabriel gabe
gareth gaz gary garry
gary gaz garry
gemma gem
geoffrey geoff jeff jeffrey
georgina georgie gina
george georgie jorge jerzy
gerald gerry jerry
gillian gill jill jilly
gordon gord
graham graeme grahame
gregory greg gregor
gwendolen gwen
harold harry hal
harriet hattie harry
harrison harry
helen nell nellie helena elena
henry harry hal hank henri
herbert herb bert
hilary hil
hugh hughie huw
isabel isabelle isabella izzy bella belle isobel bel
isaac ike zac
ivan ivo
jacob jake jakub
jacqueline jackie jacqui
james jim jimmy jamie jem jimbo
jane janie jenny janet
janet jan
jasmine jas jazz yasmin yasmine
jason jay jase
jennifer jen jenny jenni
jeremy jerry jez jem
jessica jess jessie
joan joanie
joanna joanne jo
john jack johnny jon jonny ian sean shaun shawn ivan jan johan johann evan
jonathan jon jonny jonathon johnathan nathan
joseph joe joey jo jos yusuf jozef
josephine jo josie
joshua josh
judith judy jude
julia julie jules
julian jules
justin jus
karen kaz
kenneth ken kenny
kevin kev
kimberley kim kimberly
lancelot lance
laurence lawrence larry laurie lawrie loz
laura laurie lauren
leanne lee
leonard len lenny leo
leslie les lesley
lewis lew louis lou louie
lillian lily lil lilian
linda lin lyn lynda
louise lou lulu
lucy lu lucinda
luke lucas lukas
madeleine maddie maddy
malcolm mal
margaret maggie meg peggy peg madge marge margie rita greta daisy maisie
maria mary marie mariya maryam miriam
marjorie marge madge
mark marc marcus marco marek
martin marty martyn
martha mattie marty
mary molly polly mae may
matthew matt matty mathew mateusz
maureen mo
maurice morris mo maury
maxwell max
maximilian max
megan meg meggie
melanie mel
melissa mel missy lissa
michael mike mick micky mikey mickey mihai mikhail michal misha
michelle shell chelle
mildred millie
mohammed mohamed mohammad muhammad mohamad muhammed mehmet mo mohd md mahomed
natalie nat natalia natasha
nathaniel nathan nat nate
nathan nate nat
neil neal niall nigel
nicholas nick nicky nico nicolas nikolai niko nikolas
nicola nicky nikki nic
norman norm
oliver ollie olly noll
olivia liv livvy
oscar ozzy
oswald oz ozzie
pamela pam
patricia pat patsy trish tricia patti
patrick pat paddy rick
paul pablo pavel pawel
pauline paula
penelope penny
peter pete piotr petr pyotr
philip phil phillip pip
philippa pippa pip
rachel rach rachael
raymond ray
rebecca becky becca bex beck
reginald reg reggie
richard rick ricky dick rich richie dickie rickie
robert rob bob bobby robbie bert robin
roberta bobbie
rodney rod
roderick rod rory
roger rodge
ronald ron ronnie
rosemary rose rosie
rosalind ros rosie
roxanne roxy
rupert rupe
russell russ
ruth ruthie
samantha sam sammy
samuel sam sammy
sarah sara sally sadie
scott scotty
sebastian seb bastian
sharon shaz
shane shayne
shirley shirl
sidney sid sydney
simon si simeon
sophia sophie sofia zofia
stanley stan
stephanie steph stef steffi
stephen steven steve stevie stefan stephan szczepan
stuart stewart stu
susan sue susie suzy suzanne susannah suzie
sylvia syl
tabitha tabby
terence terry tel terrence
teresa theresa tess terri tessa
theodore theo ted teddy
thomas tom tommy thom tomasz
timothy tim timmy
tobias toby
tracey tracy trace
tyler ty
valerie val
vanessa nessa
veronica ronnie
victor vic viktor
victoria vicky vicki tori vic
vincent vince vinny vin
vivian viv vivien
walter wally walt
warren waz
wayne waz
william bill will billy willy liam wills willie
winifred win winnie
yvonne von
zachary zac zach zak zack
zoe zoey

abdul abd abdel abdal
abdullah abdallah abdulla
ahmed ahmad ahmet ahmat
aisha ayesha aysha aicha
ali aly
amir ameer emir
aziz azeez
bilal belal
faisal faysal feisal
fatima fatimah fatma
farooq faruq farouk faruk
hamza hamzah
hassan hasan hassen
hussein hussain husain hossein hossain huseyin
ibrahim ebrahim ibraheem
imran emran
ismail ismael esmail
jamal gamal cemal
karim kareem
khalid khaled halid
mahmoud mahmood mahmud mehmood
mustafa mostafa mustapha
nasir nasser naser
omar umar omer
osama usama
osman usman othman uthman
qasim kasim qassim
rashid rasheed rachid
saeed said sayed saed
salim saleem selim
sayyid syed sayed said
tariq tarik tareq
usama osama
yousef yusuf youssef yousuf yousaf joseph
zainab zaynab zeinab
bin ibn ben
begum begam
kaur kour
singh sing
krzysztof krzys chris
katarzyna kasia kate
malgorzata gosia margaret
agnieszka aga agnes
wojciech wojtek
stanislaw stan
grzegorz greg
ionut ion
gheorghe george
vasile vasily
arber arben
sergei sergey serge sergejs sergiy
yuri yury iurii juri
dmitri dmitry dmitriy dima
alexei aleksei alexey aleksey
vladimir volodymyr vova
"""


def _ways() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in _GROUPS.splitlines():
        names = line.split()
        for name in names:
            found.setdefault(name, set()).update(names)
    return {name: frozenset(ways - {name}) for name, ways in found.items()}


WAYS: dict[str, frozenset[str]] = _ways()
"""For each name in plain small letters, the others that may stand for it."""


def ways_of(name: str) -> frozenset[str]:
    """The other forms of a given name; empty for a word that is in no group."""
    return WAYS.get(name, frozenset())
