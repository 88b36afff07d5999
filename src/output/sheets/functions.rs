//! Functions: results of methods that functions of a spreadsheet say.

/// Results of two rows: the row and its base.
pub(super) fn of_pair(member: &str, a: &str, b: &str) -> Option<String> {
    Some(match member {
        "change_chain" | "change_base" => format!("({a}-{b})"),
        "growth_factor_chain" | "growth_factor_base" => format!("({a}/{b})"),
        "index_chain" | "index_base" => format!("(100*{a}/{b})"),
        "rate_chain" | "rate_base" => format!("(100*({a}/{b}-1))"),
        "one_percent_value" => format!("({b}/100)"),
        "mean_annual" => format!("(({a}+{b})/2)"),
        _ => return None,
    })
}

/// Results of all rows, each with the function that says it of the range `#`, with its keys as `@`.
const OF_RANGE: [(&str, &str); 28] = [
    ("total", "SUM(#)"),
    ("cumulative", "SUM(#)"),
    ("annual_total", "SUM(#)"),
    ("average", "AVERAGE(#)"),
    ("mean_level_interval", "AVERAGE(#)"),
    ("monthly_mean", "AVERAGE(#)"),
    ("mean", "AVERAGE(#)"),
    ("variation_mean", "AVERAGE(#)"),
    ("median", "MEDIAN(#)"),
    ("maximum", "MAX(#)"),
    ("minimum", "MIN(#)"),
    ("extremes_range", "(MAX(#)-MIN(#))"),
    ("amplitude", "(MAX(#)-MIN(#))"),
    ("variation_range", "(MAX(#)-MIN(#))"),
    ("max_min_ratio", "(MAX(#)/MIN(#))"),
    ("sd_population", "STDEVP(#)"),
    ("variation_sd", "STDEVP(#)"),
    ("sd_sample", "STDEV(#)"),
    ("variance_population", "VARP(#)"),
    ("variance_sample", "VAR(#)"),
    ("variation_mean_deviation", "AVEDEV(#)"),
    ("coefficient_of_variation", "(STDEVP(#)/ABS(AVERAGE(#)))"),
    ("variation_coefficient", "(100*STDEVP(#)/ABS(AVERAGE(#)))"),
    ("positive_count", "COUNTIF(#,\">0\")"),
    ("positive_months", "COUNTIF(#,\">0\")"),
    ("negative_count", "COUNTIF(#,\"<0\")"),
    ("negative_months", "COUNTIF(#,\"<0\")"),
    ("zero_count", "COUNTIF(#,0)"),
];

/// Results that are the key of a row.
const OF_KEYS: [(&str, &str); 4] = [
    ("year_of_maximum", "INDEX(@,MATCH(MAX(#),#,0))"),
    ("year_of_minimum", "INDEX(@,MATCH(MIN(#),#,0))"),
    ("month_of_maximum", "INDEX(@,MATCH(MAX(#),#,0))"),
    ("month_of_minimum", "INDEX(@,MATCH(MIN(#),#,0))"),
];

/// Returns true for a result that a function says of a range.
pub(super) fn is_of_range(member: &str) -> bool {
    OF_RANGE.iter().chain(&OF_KEYS).any(|(own, _)| *own == member)
}

/// Says a result of a range of values, whose keys stand beside them.
pub(super) fn of_range(member: &str, values: &str, keys: &str) -> Option<String> {
    let (_, pattern) = OF_RANGE.iter().chain(&OF_KEYS).find(|(own, _)| *own == member)?;
    Some(pattern.replace('#', values).replace('@', keys))
}
