"""Functions that a person's own SQL may call, by name: every one only computes from what it is given.

What is not here is refused: whatever reads files, settings, the catalogue, other tables by name or the environment,
whatever leaves a trace, and whatever can make something huge out of little in one step, which the engine could neither
bound nor break off (`repeat`, `levenshtein`, a list of a thousand million numbers).
"""

from __future__ import annotations

_OPERATORS = """
    + - * / // % ** ^ @ & | ~ << >> || !__postfix ~~ !~~ ~~* !~~* ~~~ ^@ ->> @> <@ && <-> <=>
    like_escape not_like_escape ilike_escape not_ilike_escape add subtract multiply divide mod xor
"""

_NUMBERS = """
    abs acos acosh asin asinh atan atan2 atanh bit_count cbrt ceil ceiling cos cosh cot degrees even exp fdiv floor fmod
    gamma gcd greatest greatest_common_divisor isfinite isinf isnan lcm least least_common_multiple lgamma ln log log10
    log2 nextafter pi pow power radians random round round_even roundbankers sign signbit sin sinh sqrt tan tanh trunc
    hash bin hex to_base unhex
"""

_TEXTS = """
    ascii bit_length char_length character_length chr concat concat_ws contains ends_with instr lcase left left_grapheme
    len length length_grapheme lower lpad ltrim md5
    md5_number md5_number_lower md5_number_upper nfc_normalize octet_length ord parse_filename position prefix
    regexp_escape regexp_extract regexp_extract_all regexp_full_match regexp_matches regexp_replace
    regexp_split_to_array replace reverse right right_grapheme rpad rtrim sha1 sha256 split split_part starts_with
    str_split str_split_regex string_split string_split_regex string_to_array strip_accents strlen strpos substr
    substring substring_grapheme suffix translate trim ucase unicode upper url_decode url_encode format_bytes
    from_base64 to_base64 base64 bar
"""

_TIMES = """
    age ago century current_date current_localtime current_localtimestamp date_add date_diff date_part date_sub
    date_trunc datediff datepart datesub datetrunc day dayname dayofmonth dayofweek dayofyear days_in_month decade epoch
    epoch_ms epoch_ns epoch_us era get_current_time get_current_timestamp hour isodow isoyear julian last_day make_date
    make_time make_timestamp make_timestamp_ms make_timestamptz microsecond millennium millisecond minute month
    monthname nanosecond normalized_interval now quarter second strftime strptime time_bucket timezone timezone_hour
    timezone_minute to_centuries to_days to_decades to_hours to_microseconds to_millennia to_milliseconds to_minutes
    to_months to_quarters to_seconds to_timestamp to_weeks to_years today transaction_timestamp try_strptime week
    weekday weekofyear year yearweek generate_series range
"""

_LISTS = """
    aggregate apply array_aggr array_aggregate array_append array_apply array_cat array_concat array_contains
    array_distinct array_extract array_filter array_has array_has_all array_has_any array_indexof array_intersect
    array_length array_pop_back array_pop_front array_position array_prepend array_push_back array_push_front
    array_reduce array_reverse array_reverse_sort array_select array_slice array_sort array_to_string array_transform
    array_unique array_value array_where array_zip cardinality element_at equi_width_bins filter flatten list_aggr
    list_aggregate list_any_value list_append list_apply list_avg list_bool_and list_bool_or list_cat list_concat
    list_contains list_count list_distinct list_element list_extract list_filter list_first list_has list_has_all
    list_has_any list_indexof list_intersect list_last list_max list_median list_min list_mode list_pack list_position
    list_prepend list_product list_reduce list_reverse list_reverse_sort list_select list_slice list_sort
    list_stddev_pop list_stddev_samp list_sum list_transform list_unique list_value list_where list_zip map map_concat
    map_contains map_entries map_extract map_extract_value map_from_entries map_keys map_values reduce row struct_concat
    struct_extract struct_extract_at struct_insert struct_keys struct_pack struct_update struct_values unnest
    grade_up list_grade_up array_grade_up
"""

_JSON = """
    from_json from_json_strict json json_array json_array_length json_contains json_exists json_extract
    json_extract_path json_extract_path_text json_extract_string json_group_array json_group_object json_keys
    json_merge_patch json_object json_pretty json_quote json_structure json_transform json_transform_strict json_type
    json_valid json_value row_to_json to_json array_to_json
"""

_OTHERS = """alias constant_or_null nullif typeof pg_typeof enum_code"""

_AGGREGATES = """
    any_value approx_count_distinct approx_quantile approx_top_k arbitrary arg_max arg_max_null arg_max_nulls_last
    arg_min arg_min_null arg_min_nulls_last argmax argmin array_agg avg bit_and bit_or bit_xor bool_and bool_or corr
    count count_if count_star countif covar_pop covar_samp entropy favg first fsum geomean geometric_mean group_concat
    histogram histogram_exact kahan_sum kurtosis kurtosis_pop last list listagg mad max max_by mean median min min_by
    mode product quantile quantile_cont quantile_disc regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope
    regr_sxx regr_sxy regr_syy reservoir_quantile sem skewness stddev stddev_pop stddev_samp string_agg sum
    sum_no_overflow sumkahan var_pop var_samp variance wavg weighted_avg
"""

_WINDOWS = """
    cume_dist dense_rank fill first_value lag last_value lead nth_value ntile percent_rank rank rank_dense row_number
"""

FUNCTIONS = frozenset(
    name
    for group in (_OPERATORS, _NUMBERS, _TEXTS, _TIMES, _LISTS, _JSON, _OTHERS, _AGGREGATES, _WINDOWS)
    for name in group.split()
)

# Functions that make rows, which the engine hands over as they are asked for.
TABLE_FUNCTIONS = frozenset({"generate_series", "range", "unnest"})

# Functions whose size is said by an argument: its place, and the most it may say.
SIZED = {"lpad": (1, 1000), "rpad": (1, 1000)}

# Functions that make a whole list at once: only of days and longer steps, or of few numbers.
LISTS_OF_STEPS = frozenset({"generate_series", "range"})
LONG_STEPS = frozenset({"to_days", "to_weeks", "to_months", "to_quarters", "to_years", "to_decades"})
MOST_STEPS = 5_000

# Names that the engine answers by itself where no column bears them.
NO_COLUMNS = frozenset(
    {"current_catalog", "current_schema", "current_role", "current_user", "session_user", "user", "current_database"}
)

# Names that a completion offers: those that analysts write, not the operators' own.
_PLAIN = {name for name in FUNCTIONS if name[0].isalpha() and not name.startswith(("array_", "to_"))}
OFFERED = tuple(sorted(_PLAIN | {"cast", "coalesce", "if", "try_cast"}))
