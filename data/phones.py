"""Phone numbers as digits, so that one is found in any spelling.

A stored number becomes the ways in which its digits may be typed: with the country's calling code, with the trunk
prefix that is dialled inside the country, and with neither. A number asked for becomes the digits to begin with.
"""

from __future__ import annotations

import re

FEWEST = 6  # digits that make a stored text a phone number
FEWEST_ASKED = 4  # digits that make a question one

# ITU-T E.164 calling code -> countries (ISO 3166 alpha-2) that share it
_CODES = {
    "1": "US CA AG AI AS BB BM BS DM DO GD GU JM KN KY LC MP MS PR SX TC TT VC VG VI",
    "7": "RU KZ",
    "20": "EG", "27": "ZA", "30": "GR", "31": "NL", "32": "BE", "33": "FR", "34": "ES", "36": "HU", "39": "IT VA",
    "40": "RO", "41": "CH", "43": "AT", "44": "GB GG IM JE", "45": "DK", "46": "SE", "47": "NO SJ", "48": "PL",
    "49": "DE", "51": "PE", "52": "MX", "53": "CU", "54": "AR", "55": "BR", "56": "CL", "57": "CO", "58": "VE",
    "60": "MY", "61": "AU CX CC", "62": "ID", "63": "PH", "64": "NZ", "65": "SG", "66": "TH", "81": "JP", "82": "KR",
    "84": "VN", "86": "CN", "90": "TR", "91": "IN", "92": "PK", "93": "AF", "94": "LK", "95": "MM", "98": "IR",
    "211": "SS", "212": "MA EH", "213": "DZ", "216": "TN", "218": "LY", "220": "GM", "221": "SN", "222": "MR",
    "223": "ML", "224": "GN", "225": "CI", "226": "BF", "227": "NE", "228": "TG", "229": "BJ", "230": "MU",
    "231": "LR", "232": "SL", "233": "GH", "234": "NG", "235": "TD", "236": "CF", "237": "CM", "238": "CV",
    "239": "ST", "240": "GQ", "241": "GA", "242": "CG", "243": "CD", "244": "AO", "245": "GW", "246": "IO",
    "248": "SC", "249": "SD", "250": "RW", "251": "ET", "252": "SO", "253": "DJ", "254": "KE", "255": "TZ",
    "256": "UG", "257": "BI", "258": "MZ", "260": "ZM", "261": "MG", "262": "RE YT TF", "263": "ZW", "264": "NA",
    "265": "MW", "266": "LS", "267": "BW", "268": "SZ", "269": "KM", "290": "SH", "291": "ER", "297": "AW",
    "298": "FO", "299": "GL", "350": "GI", "351": "PT", "352": "LU", "353": "IE", "354": "IS", "355": "AL",
    "356": "MT", "357": "CY", "358": "FI AX", "359": "BG", "370": "LT", "371": "LV", "372": "EE", "373": "MD",
    "374": "AM", "375": "BY", "376": "AD", "377": "MC", "378": "SM", "380": "UA", "381": "RS", "382": "ME",
    "383": "XK", "385": "HR", "386": "SI", "387": "BA", "389": "MK", "420": "CZ", "421": "SK", "423": "LI",
    "500": "FK", "501": "BZ", "502": "GT", "503": "SV", "504": "HN", "505": "NI", "506": "CR", "507": "PA",
    "508": "PM", "509": "HT", "590": "GP BL MF", "591": "BO", "592": "GY", "593": "EC", "594": "GF", "595": "PY",
    "596": "MQ", "597": "SR", "598": "UY", "599": "CW BQ", "670": "TL", "672": "NF", "673": "BN", "674": "NR",
    "675": "PG", "676": "TO", "677": "SB", "678": "VU", "679": "FJ", "680": "PW", "681": "WF", "682": "CK",
    "683": "NU", "685": "WS", "686": "KI", "687": "NC", "688": "TV", "689": "PF", "690": "TK", "691": "FM",
    "692": "MH", "850": "KP", "852": "HK", "853": "MO", "855": "KH", "856": "LA", "880": "BD", "886": "TW",
    "960": "MV", "961": "LB", "962": "JO", "963": "SY", "964": "IQ", "965": "KW", "966": "SA", "967": "YE",
    "968": "OM", "970": "PS", "971": "AE", "972": "IL", "973": "BH", "974": "QA", "975": "BT", "976": "MN",
    "977": "NP", "992": "TJ", "993": "TM", "994": "AZ", "995": "GE", "996": "KG", "998": "UZ",
}  # fmt: skip
# Trunk prefixes that are not 0: what is dialled before a number inside the country.
_TRUNKS = {"1": "1", "7": "8", "36": "06", "375": "8"}

_CODE = "1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|[0-9]{3}"
_SIGNS = r"0-9\s\p{Z}().,/\p{Pd}+"
_ASKED = re.compile(r"[\s(]*\+?[\s(]*[0-9][0-9\s().,/\-‐-―+]*")


def is_phone(text: str) -> str:
    """SQL for whether an SQL text is a phone number and nothing else."""
    return f"(regexp_full_match({text}, '[{_SIGNS}]*') and len(regexp_replace({text}, '[^0-9]', '', 'g')) >= {FEWEST})"


def spellings(texts: str) -> str:
    """SQL for (order_id, field, term): the digits of each phone number of a relation (order_id, field, country,
    text), in the ways they may be typed. `country` may be empty."""
    codes = ", ".join(f"('{country}', '{code}')" for code, held in _CODES.items() for country in held.split())
    trunks = " ".join(f"when '{code}' then '{trunk}'" for code, trunk in _TRUNKS.items())
    return f"""
        select * from (with codes(country, code) as (values {codes}),
        written as (
            select order_id, field, upper(country) as country, regexp_replace(
                regexp_extract(text, '[+(]*[0-9][{_SIGNS}]*'), '^(\\(?(?:\\+|00).*)\\(0\\)', '\\1'
            ) as number
            from ({texts})
        ),
        dialled as (
            select order_id, field, country, regexp_matches(number, '^[(]*(?:\\+|00)') as is_international,
                regexp_replace(regexp_replace(number, '[^0-9]', '', 'g'), '^00', '') as digits
            from written
        ),
        placed as (
            select order_id, field, digits, is_international,
                case when is_international then regexp_extract(digits, '^({_CODE})') else codes.code end as code
            from dialled left join codes using (country)
            where len(digits) >= {FEWEST}
        ),
        trunked as (
            select *, case code {trunks} else '0' end as trunk,
                case when is_international or (starts_with(digits, code) and len(digits) >= len(code) + 9)
                    then substr(digits, len(code) + 1) else digits end as national
            from placed
        ),
        bare as (
            select *, case
                when starts_with(national, '0') and trunk <> '06' then ltrim(national, '0')
                when trunk <> '0' and starts_with(national, trunk) and len(national) > 11 - len(trunk)
                    then substr(national, len(trunk) + 1)
                else national end as subscriber
            from trunked
        )
        select order_id, field, unnest(list_distinct(list_filter(
            [digits, subscriber, trunk || subscriber, code || subscriber, code || national], lambda x: x is not null
        ))) as term
        from bare)
    """


def asked(text: str) -> list[str]:
    """The beginnings of digits that a question may mean as a phone number; none when it is no phone number."""
    if not _ASKED.fullmatch(text):
        return []
    digits = re.sub("[^0-9]", "", text)
    if len(digits) < FEWEST_ASKED:
        return []
    is_international = text.lstrip(" (").startswith(("+", "00"))
    if not is_international:
        return [digits]
    digits = re.sub("[^0-9]", "", text.replace("(0)", "")).removeprefix("00")
    code = re.match(_CODE, digits)
    without_trunk = code[0] + digits[code.end() :].lstrip("0") if code else digits
    return list(dict.fromkeys([digits, without_trunk]))
