//! Questions: which methods answer what a demographer asks, in the order in which they are tried. The words of a question
//! and its traps stand in `questions.yaml` of each language, under its name.

/// The questions, each with its methods.
pub const QUESTIONS: &[(&str, &[&str])] = &[
    (
        "how_much",
        &[
            "change",
            "growth",
            "linked_index",
            "signed_change",
            "mean_change",
            "population_growth",
            "doubling_time",
            "acceleration",
            "lead_coefficient",
            "cumulative",
            "total",
            "average",
            "mean_level",
            "mean_annual",
        ],
    ),
    (
        "what_is_typical",
        &["moments", "quantiles", "variation", "extremes", "comparison", "runs", "signs", "turning_points"],
    ),
    (
        "is_there_a_trend",
        &["mann_kendall", "sen_slope", "siegel_slope", "modified_mann_kendall", "seasonal_mann_kendall", "randomness"],
    ),
    ("which_curve", &["trend", "parabolic_trend", "exponential_trend", "durbin_watson", "autocorrelation"]),
    ("when_did_it_change", &["pettitt", "buishand", "snht", "chow", "sup_f", "bai_perron", "cusum", "cusum_test"]),
    ("what_comes_next", &["extrapolation", "exponential_smoothing", "holt"]),
    ("what_within_a_year", &["profile", "seasonality", "smoothing"]),
    (
        "what_drove_the_total",
        &[
            "composition_indices",
            "factor_decomposition",
            "kitagawa",
            "bennet",
            "montgomery",
            "lmdi",
            "shapley",
            "aggregate_indices",
            "chain_index",
        ],
    ),
    ("has_the_structure_shifted", &["share", "share_change", "structural_shift", "gross_shares", "largest_remainder"]),
    (
        "who_leads",
        &[
            "rank",
            "rank_shift",
            "concordance",
            "sign_counts",
            "territorial_index",
            "standardisation",
            "composite_index",
        ],
    ),
    (
        "how_unequal",
        &["gini", "raffinetti_gini", "theil", "atkinson", "hoover", "herfindahl", "williamson", "location_quotient"],
    ),
    ("do_they_converge", &["sigma_convergence", "beta_convergence", "shift_share"]),
    ("do_groups_differ", &["mann_whitney", "kruskal_wallis", "chi_squared", "multiple_testing"]),
    ("what_goes_with_what", &["correlation", "regression"]),
    ("are_neighbours_alike", &["moran", "local_moran"]),
    ("which_types", &["webb_types", "quadrants", "jenks", "class_breaks", "ward", "k_means"]),
    (
        "how_intense_is_migration",
        &[
            "net_migration",
            "rate",
            "migration_rates",
            "migration_effectiveness",
            "system_effectiveness",
            "flow_indices",
            "flow_preference",
        ],
    ),
    ("what_explains_flows", &["gravity", "proportional_fitting"]),
    (
        "where_growth_comes_from",
        &["balance_equation", "growth_components", "survival_ratio", "urban_growth_components"],
    ),
    ("how_urban", &["urbanisation", "urbanisation_tempo"]),
    ("how_old", &["dependency", "age_rates", "life_table"]),
    ("is_it_age_or_rates", &["direct_standardisation", "indirect_standardisation"]),
];
