//! Methods: the registry, one file for each method: what it is, its code, its tests.

mod acceleration;
mod age_rates;
mod aggregate_indices;
mod atkinson;
mod autocorrelation;
mod average;
mod bai_perron;
mod balance_equation;
mod bennet;
mod beta_convergence;
mod buishand;
mod chain_index;
mod change;
mod chi_squared;
mod chow;
mod class_breaks;
mod comparison;
mod composite_index;
mod composition_indices;
mod concordance;
mod correlation;
mod cumulative;
mod cusum;
mod cusum_test;
mod dependency;
mod direct_standardisation;
mod doubling_time;
mod durbin_watson;
mod exponential_smoothing;
mod exponential_trend;
mod extrapolation;
mod extremes;
mod factor_decomposition;
mod flow_indices;
mod flow_preference;
mod gini;
mod gravity;
mod gross_shares;
mod growth;
mod growth_components;
mod herfindahl;
mod holt;
mod hoover;
mod indirect_standardisation;
mod jenks;
mod k_means;
mod kitagawa;
mod kruskal_wallis;
mod largest_remainder;
mod lead_coefficient;
mod life_table;
mod lmdi;
mod local_moran;
mod location_quotient;
mod mann_kendall;
mod mann_whitney;
mod mean_annual;
mod mean_change;
mod mean_level;
mod migration_effectiveness;
mod migration_rates;
mod modified_mann_kendall;
mod moments;
mod montgomery;
mod moran;
mod multiple_testing;
mod net_migration;
mod parabolic_trend;
mod pettitt;
mod population_growth;
mod profile;
mod proportional_fitting;
mod quadrants;
mod quantiles;
mod raffinetti_gini;
mod randomness;
mod rank;
mod rank_shift;
mod rate;
mod regression;
mod runs;
mod seasonal_mann_kendall;
mod seasonality;
mod sen_slope;
mod shapley;
mod share;
mod share_change;
mod shift_share;
mod siegel_slope;
mod sigma_convergence;
mod sign_counts;
mod signed_change;
mod signs;
mod smoothing;
mod snht;
mod standardisation;
mod structural_shift;
mod sup_f;
mod survival_ratio;
mod system_effectiveness;
mod territorial_index;
mod theil;
mod total;
mod trend;
mod turning_points;
mod urban_growth_components;
mod urbanisation;
mod urbanisation_tempo;
mod variation;
mod ward;
mod webb_types;
mod williamson;

use super::method::Method;

/// All methods, in the order of the catalogue.
pub const METHODS: &[Method] = &[
    // Retrospective analysis of series.
    change::METHOD,
    growth::METHOD,
    signed_change::METHOD,
    acceleration::METHOD,
    lead_coefficient::METHOD,
    average::METHOD,
    mean_level::METHOD,
    mean_annual::METHOD,
    mean_change::METHOD,
    total::METHOD,
    cumulative::METHOD,
    extremes::METHOD,
    signs::METHOD,
    turning_points::METHOD,
    runs::METHOD,
    randomness::METHOD,
    moments::METHOD,
    smoothing::METHOD,
    exponential_smoothing::METHOD,
    holt::METHOD,
    autocorrelation::METHOD,
    mann_kendall::METHOD,
    modified_mann_kendall::METHOD,
    seasonal_mann_kendall::METHOD,
    sen_slope::METHOD,
    siegel_slope::METHOD,
    pettitt::METHOD,
    buishand::METHOD,
    snht::METHOD,
    cusum::METHOD,
    cusum_test::METHOD,
    chow::METHOD,
    sup_f::METHOD,
    bai_perron::METHOD,
    trend::METHOD,
    parabolic_trend::METHOD,
    exponential_trend::METHOD,
    durbin_watson::METHOD,
    extrapolation::METHOD,
    profile::METHOD,
    seasonality::METHOD,
    // Index analysis.
    aggregate_indices::METHOD,
    chain_index::METHOD,
    composition_indices::METHOD,
    factor_decomposition::METHOD,
    kitagawa::METHOD,
    bennet::METHOD,
    montgomery::METHOD,
    lmdi::METHOD,
    shapley::METHOD,
    structural_shift::METHOD,
    territorial_index::METHOD,
    // Comparison of units.
    share::METHOD,
    gross_shares::METHOD,
    largest_remainder::METHOD,
    share_change::METHOD,
    rank::METHOD,
    rank_shift::METHOD,
    sign_counts::METHOD,
    comparison::METHOD,
    variation::METHOD,
    quantiles::METHOD,
    gini::METHOD,
    raffinetti_gini::METHOD,
    theil::METHOD,
    atkinson::METHOD,
    hoover::METHOD,
    herfindahl::METHOD,
    williamson::METHOD,
    location_quotient::METHOD,
    standardisation::METHOD,
    composite_index::METHOD,
    jenks::METHOD,
    class_breaks::METHOD,
    ward::METHOD,
    k_means::METHOD,
    webb_types::METHOD,
    quadrants::METHOD,
    correlation::METHOD,
    regression::METHOD,
    mann_whitney::METHOD,
    kruskal_wallis::METHOD,
    chi_squared::METHOD,
    concordance::METHOD,
    moran::METHOD,
    local_moran::METHOD,
    multiple_testing::METHOD,
    sigma_convergence::METHOD,
    beta_convergence::METHOD,
    shift_share::METHOD,
    // Demography and migration.
    net_migration::METHOD,
    rate::METHOD,
    migration_rates::METHOD,
    migration_effectiveness::METHOD,
    system_effectiveness::METHOD,
    flow_indices::METHOD,
    flow_preference::METHOD,
    gravity::METHOD,
    proportional_fitting::METHOD,
    balance_equation::METHOD,
    growth_components::METHOD,
    population_growth::METHOD,
    doubling_time::METHOD,
    survival_ratio::METHOD,
    urbanisation::METHOD,
    urbanisation_tempo::METHOD,
    urban_growth_components::METHOD,
    dependency::METHOD,
    age_rates::METHOD,
    life_table::METHOD,
    direct_standardisation::METHOD,
    indirect_standardisation::METHOD,
];
