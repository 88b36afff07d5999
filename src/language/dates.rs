//! Dates: months, quarters, years and intervals of them, as prose and tables print them; each language has its own in one
//! file beside.

pub(super) mod en;
pub(super) mod kk;
pub(super) mod ru;

/// Writes a day in digits, day first: `31.12.2024`.
fn in_digits(year: i32, month: u8, day: u8) -> String {
    format!("{day:02}.{month:02}.{year:04}")
}
