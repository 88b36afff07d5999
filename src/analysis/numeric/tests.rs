//! The bits that a correct library gives: by mpmath with fifty digits, rounded once; sums by the definition and `math.fsum`.

use super::{exp, ln, pow, sum};

const LN: &[(u64, u64)] = &[
    (0x3ff1_8bd2_c8c6_172f, 0x3fb7_9d8d_bf65_cfe2),
    (0x3ff2_62c3_d538_16d3, 0x3fc1_ca6c_2371_cb99),
    (0x3ff1_170e_09c6_8a27, 0x3fb0_df5b_89e3_62f4),
    (0x3ff9_6816_8168_1681, 0x3fdd_984a_0f5d_b7d8),
    (0x3ff9_3cb3_76c3_4c89, 0x3fdd_2aa1_56e7_54a3),
    (0x4000_0000_0000_0000, 0x3fe6_2e42_fefa_39ef),
    (0x3ff0_0000_0000_0000, 0x0000_0000_0000_0000),
    (0x3fe0_0000_0000_0000, 0xbfe6_2e42_fefa_39ef),
    (0x3ff1_9999_9999_999a, 0x3fb8_663f_793c_46cc),
    (0x01a5_6e1f_c2f8_f359, 0xc085_9634_47f8_7fb5),
    (0x4024_0000_0000_0000, 0x4002_6bb1_bbb5_5516),
    (0x4008_0000_0000_0000, 0x3ff1_93ea_7aad_030b),
];

const EXP: &[(u64, u64)] = &[
    (0x3f82_e382_1af7_d30b, 0x3ff0_25f3_c073_ba35),
    (0x3fe0_0000_0000_0000, 0x3ffa_6129_8e1e_069c),
    (0xbfe0_0000_0000_0000, 0x3fe3_68b2_fc6f_960a),
    (0x3ff0_0000_0000_0000, 0x4005_bf0a_8b14_5769),
    (0xbff0_0000_0000_0000, 0x3fd7_8b56_362c_ef38),
    (0x3fb9_9999_9999_999a, 0x3ff1_aec7_b35a_00d4),
    (0xc024_0000_0000_0000, 0x3f07_cd79_b564_7c9b),
    (0x4002_6666_6666_6666, 0x4023_f2c8_0aef_884d),
    (0x3ddb_7cdf_d9d7_bdbb, 0x3ff0_0000_0006_df38),
    (0x4085_e000_0000_0000, 0x7f0d_945d_f4f8_ec8e),
];

const POW: &[(u64, u64, u64)] = &[
    (0x3ff1_8bd2_c8c6_172f, 0x3fb9_9999_9999_999a, 0x3ff0_25f5_a378_f287),
    (0x3ff2_62c3_d538_16d3, 0x3fb9_9999_9999_999a, 0x3ff0_3953_e7d7_b064),
    (0x3ff1_170e_09c6_8a27, 0x3fd5_5555_5555_5555, 0x3ff0_5afb_7c9d_b266),
    (0x3ff8_0000_0000_0000, 0x3fbc_71c7_1c71_c71c, 0x3ff0_bcc0_64d8_2713),
    (0x3fe8_0000_0000_0000, 0x3fc2_4924_9249_2492, 0x3fee_b627_741b_2bca),
    (0x4000_0000_0000_0000, 0x3fe0_0000_0000_0000, 0x3ff6_a09e_667f_3bcd),
    (0x3ff3_3333_3333_3333, 0x3fb5_5555_5555_5555, 0x3ff0_3eb5_24b1_d8c5),
];

#[test]
fn logarithms_and_powers_are_correctly_rounded() {
    for &(x, wanted) in LN {
        assert_eq!(ln(f64::from_bits(x)).to_bits(), wanted, "ln {x:x}");
    }
    for &(x, wanted) in EXP {
        assert_eq!(exp(f64::from_bits(x)).to_bits(), wanted, "exp {x:x}");
    }
    for &(x, y, wanted) in POW {
        assert_eq!(pow(f64::from_bits(x), f64::from_bits(y)).to_bits(), wanted, "pow {x:x} {y:x}");
    }
}

#[test]
fn sums_keep_what_rounding_loses() {
    let bits = |values: &[f64]| sum(values.iter().copied()).to_bits();
    let harmonic: Vec<f64> = (1..=10_000).map(|k| 1.0 / f64::from(k)).collect();
    assert_eq!(bits(&harmonic), 0x4023_9341_192d_e2b9);
    assert_eq!(bits(&[1.0, 1e100, 1.0, -1e100]), 0x4000_0000_0000_0000);
    assert_eq!(bits(&[0.1; 12]), 0x3ff3_3333_3333_3334);
}
