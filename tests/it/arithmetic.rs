//! Arithmetic: laws that exact amounts and intervals keep for any numbers.

use esep::expression::{Domain, Interval};
use esep::finding::Amount;
use proptest::prelude::*;

/// Integers of any size and decimals of a few places.
fn amount() -> impl Strategy<Value = Amount> {
    prop_oneof![
        any::<i64>().prop_map(Amount::Integer),
        (-1_000_000i64..1_000_000, 1i64..1000).prop_map(|(a, b)| Amount::ratio(a, b).expect("b is not zero")),
    ]
}

proptest! {
    #[test]
    fn sums_and_products_keep_the_laws_of_arithmetic(a in amount(), b in amount(), c in amount()) {
        prop_assert_eq!(a.plus(&b), b.plus(&a));
        prop_assert_eq!(a.plus(&b).plus(&c), a.plus(&b.plus(&c)));
        prop_assert_eq!(a.times(&b.plus(&c)), a.times(&b).plus(&a.times(&c)));
        prop_assert_eq!(a.plus(&b).minus(&b), a.clone());
        prop_assert!(a.is_exact() && a.times(&b).is_exact());
        if let Some(quotient) = a.divided_by(&b) {
            prop_assert_eq!(quotient.times(&b), a);
        } else {
            prop_assert!(b.is_zero());
        }
    }

    #[test]
    fn what_is_printed_is_read_back(a in amount(), decimals in 0usize..6) {
        let rounded = a.round(decimals);
        let read = Amount::parse(&rounded.to_string()).expect("a decimal");
        prop_assert_eq!(&read, &rounded.to_amount());
        // Half a unit of the last place at most, and away from zero at exactly half.
        let off = read.minus(&a).magnitude();
        let half = Amount::ratio(1, 2 * 10i64.pow(decimals as u32)).expect("not zero");
        prop_assert!(off <= half);
        if off == half {
            prop_assert!(read.magnitude() > a.magnitude());
        }
    }

    #[test]
    fn chain_indices_multiply_to_the_base_index(levels in prop::collection::vec(1i64..100_000_000, 2..30)) {
        let ratio = |to: i64, from: i64| Amount::ratio(to, from).expect("levels are positive");
        let product = levels.windows(2).fold(Amount::Integer(1), |product, pair| product.times(&ratio(pair[1], pair[0])));
        prop_assert_eq!(product, ratio(levels[levels.len() - 1], levels[0]));
    }

    #[test]
    fn an_interval_holds_whatever_its_members_come_to(
        a in -10_000i64..10_000, b in -10_000i64..10_000, da in 0i64..50, db in 0i64..50, at in 0i64..=100
    ) {
        let wide = |middle: i64, half: i64| Interval { low: Amount::Integer(middle - half), high: Amount::Integer(middle + half) };
        let member = |interval: &Interval| {
            let span = interval.high.minus(&interval.low);
            interval.low.plus(&span.times(&Amount::ratio(at, 100).expect("not zero")))
        };
        let (x, y) = (wide(a, da), wide(b, db));
        let (p, q) = (member(&x), member(&y));
        prop_assert!(Domain::plus(&x, &y).contains(&p.plus(&q)));
        prop_assert!(Domain::minus(&x, &y).contains(&p.minus(&q)));
        prop_assert!(Domain::times(&x, &y).contains(&p.times(&q)));
        prop_assert!(Domain::magnitude(&x).contains(&p.magnitude()));
        if let (Some(wide), Some(exact)) = (Domain::divided_by(&x, &y), p.divided_by(&q)) {
            prop_assert!(wide.contains(&exact));
        }
    }
}
