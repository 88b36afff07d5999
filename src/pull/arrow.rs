//! Arrow: the cells of a typed column as exact text, the same that a file of text would hold.

use std::io::Write;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, types};
use arrow_schema::{DataType, Field, TimeUnit};

use super::sql::Holds;

/// Says what a column holds; the message for one that has no exact text.
pub fn holds(field: &Field) -> Result<Holds, String> {
    // PostgreSQL's driver hands `numeric` on as text, because no type of Arrow holds all of them.
    let is_numeric = field.metadata().get("ADBC:postgresql:typname").is_some_and(|name| name == "numeric");
    kind(field.data_type()).map(|holds| if is_numeric { Holds::Decimal } else { holds })
}

fn kind(of: &DataType) -> Result<Holds, String> {
    Ok(match of {
        DataType::Null | DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => Holds::Text,
        DataType::Boolean => Holds::Truth,
        DataType::Int8 | DataType::Int16 | DataType::Int32 | DataType::Int64 => Holds::Whole,
        DataType::UInt8 | DataType::UInt16 | DataType::UInt32 | DataType::UInt64 => Holds::Whole,
        DataType::Decimal32(_, scale)
        | DataType::Decimal64(_, scale)
        | DataType::Decimal128(_, scale)
        | DataType::Decimal256(_, scale) => {
            if *scale > 0 {
                Holds::Decimal
            } else {
                Holds::Whole
            }
        }
        DataType::Date32 | DataType::Date64 => Holds::Day,
        DataType::Timestamp(..) => Holds::Moment,
        DataType::Dictionary(_, values) => kind(values)?,
        DataType::Float16 | DataType::Float32 | DataType::Float64 => {
            return Err("holds binary fractions, which are not exact".to_owned());
        }
        other => return Err(format!("is of the type {other}, which has no exact text here")),
    })
}

/// Writes a cell exactly, a null as nothing; the message for one of a kind that has no exact text.
pub fn write(column: &ArrayRef, at: usize, out: &mut Vec<u8>) -> Result<(), String> {
    if column.is_null(at) {
        return Ok(());
    }
    macro_rules! number {
        ($kind:ty) => {
            put(out, column.as_primitive::<$kind>().value(at))
        };
    }
    macro_rules! decimal {
        ($kind:ty) => {
            put(out, column.as_primitive::<$kind>().value_as_string(at))
        };
    }
    macro_rules! moment {
        ($kind:ty) => {
            put(out, column.as_primitive::<$kind>().value_as_datetime(at).ok_or("holds a moment beyond all calendars")?)
        };
    }
    match column.data_type() {
        DataType::Null => {}
        DataType::Utf8 => out.extend_from_slice(column.as_string::<i32>().value(at).as_bytes()),
        DataType::LargeUtf8 => out.extend_from_slice(column.as_string::<i64>().value(at).as_bytes()),
        DataType::Utf8View => out.extend_from_slice(column.as_string_view().value(at).as_bytes()),
        DataType::Boolean => put(out, column.as_boolean().value(at)),
        DataType::Int8 => number!(types::Int8Type),
        DataType::Int16 => number!(types::Int16Type),
        DataType::Int32 => number!(types::Int32Type),
        DataType::Int64 => number!(types::Int64Type),
        DataType::UInt8 => number!(types::UInt8Type),
        DataType::UInt16 => number!(types::UInt16Type),
        DataType::UInt32 => number!(types::UInt32Type),
        DataType::UInt64 => number!(types::UInt64Type),
        DataType::Decimal32(..) => decimal!(types::Decimal32Type),
        DataType::Decimal64(..) => decimal!(types::Decimal64Type),
        DataType::Decimal128(..) => decimal!(types::Decimal128Type),
        DataType::Decimal256(..) => decimal!(types::Decimal256Type),
        DataType::Date32 => {
            let date = column.as_primitive::<types::Date32Type>().value_as_date(at);
            put(out, date.ok_or("holds a date beyond all calendars")?);
        }
        DataType::Date64 => {
            let date = column.as_primitive::<types::Date64Type>().value_as_date(at);
            put(out, date.ok_or("holds a date beyond all calendars")?);
        }
        DataType::Timestamp(TimeUnit::Second, _) => moment!(types::TimestampSecondType),
        DataType::Timestamp(TimeUnit::Millisecond, _) => moment!(types::TimestampMillisecondType),
        DataType::Timestamp(TimeUnit::Microsecond, _) => moment!(types::TimestampMicrosecondType),
        DataType::Timestamp(TimeUnit::Nanosecond, _) => moment!(types::TimestampNanosecondType),
        DataType::Dictionary(..) => {
            let key = key(column, at).ok_or("has a dictionary whose keys are no numbers")?;
            return write(column.as_any_dictionary().values(), key, out);
        }
        other => return kind(other).map(|_| ()),
    }
    Ok(())
}

/// Returns which value of its dictionary a cell is.
fn key(column: &ArrayRef, at: usize) -> Option<usize> {
    macro_rules! of {
        ($($kind:ty),*) => {
            [$(column.as_dictionary_opt::<$kind>().and_then(|own| own.key(at))),*].into_iter().flatten().next()
        };
    }
    of!(
        types::Int8Type,
        types::Int16Type,
        types::Int32Type,
        types::Int64Type,
        types::UInt8Type,
        types::UInt16Type,
        types::UInt32Type,
        types::UInt64Type
    )
}

fn put(out: &mut Vec<u8>, value: impl std::fmt::Display) {
    // Writing into memory cannot fail.
    let _ = write!(out, "{value}");
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::{
        BinaryArray, BooleanArray, Date32Array, Decimal128Array, DictionaryArray, Float64Array, Int64Array,
        StringArray, TimestampMicrosecondArray, TimestampNanosecondArray, UInt64Array,
    };

    use super::*;

    fn said(column: ArrayRef) -> Vec<Result<String, String>> {
        let one = |at| {
            let mut out = Vec::new();
            write(&column, at, &mut out).map(|()| String::from_utf8_lossy(&out).into_owned())
        };
        (0..column.len()).map(one).collect()
    }

    #[test]
    fn cells_are_written_exactly() {
        let decimals = |numbers: Vec<i128>, scale| -> ArrayRef {
            Arc::new(Decimal128Array::from(numbers).with_precision_and_scale(38, scale).expect("a decimal"))
        };
        let most = 10i128.pow(38) - 1;
        let columns: Vec<(ArrayRef, Holds, &[&str])> = vec![
            (
                Arc::new(Int64Array::from(vec![Some(i64::MIN), Some(i64::MAX), None])),
                Holds::Whole,
                &["-9223372036854775808", "9223372036854775807", ""],
            ),
            (Arc::new(UInt64Array::from(vec![u64::MAX])), Holds::Whole, &["18446744073709551615"]),
            (
                decimals(vec![most, -most], 0),
                Holds::Whole,
                &["99999999999999999999999999999999999999", "-99999999999999999999999999999999999999"],
            ),
            (decimals(vec![-5, 1250, 0], 2), Holds::Decimal, &["-0.05", "12.50", "0.00"]),
            (decimals(vec![7], -2), Holds::Whole, &["700"]),
            (Arc::new(StringArray::from(vec!["Қарағанды", " a,\"b\" "])), Holds::Text, &["Қарағанды", " a,\"b\" "]),
            (Arc::new(BooleanArray::from(vec![true, false])), Holds::Truth, &["true", "false"]),
            (Arc::new(Date32Array::from(vec![0, -1, 19_782])), Holds::Day, &["1970-01-01", "1969-12-31", "2024-02-29"]),
            (
                Arc::new(TimestampMicrosecondArray::from(vec![1_709_164_800_000_000])),
                Holds::Moment,
                &["2024-02-29 00:00:00"],
            ),
            (Arc::new(TimestampNanosecondArray::from(vec![1])), Holds::Moment, &["1970-01-01 00:00:00.000000001"]),
            (
                Arc::new(["m", "f", "m"].into_iter().collect::<DictionaryArray<types::Int32Type>>()),
                Holds::Text,
                &["m", "f", "m"],
            ),
        ];
        for (column, wanted, texts) in columns {
            let field = Field::new("c", column.data_type().clone(), true);
            assert_eq!(holds(&field), Ok(wanted), "{field}");
            let texts: Vec<Result<String, String>> = texts.iter().map(|text| Ok((*text).to_owned())).collect();
            assert_eq!(said(column), texts, "{field}");
        }
    }

    #[test]
    fn what_has_no_exact_text_is_refused() {
        let floats: ArrayRef = Arc::new(Float64Array::from(vec![1.0]));
        let bytes: ArrayRef = Arc::new(BinaryArray::from(vec![b"x".as_slice()]));
        for (column, wanted) in [(floats, "binary fractions"), (bytes, "has no exact text")] {
            let field = Field::new("c", column.data_type().clone(), true);
            assert!(holds(&field).is_err_and(|why| why.contains(wanted)), "{field}");
            assert!(said(column).iter().all(|cell| cell.as_ref().is_err_and(|why| why.contains(wanted))), "{field}");
        }
        let beyond: ArrayRef = Arc::new(Date32Array::from(vec![i32::MAX]));
        assert!(said(beyond)[0].as_ref().is_err_and(|why| why.contains("beyond all calendars")));
    }
}
