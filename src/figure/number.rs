//! Decimals as JSON numbers.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use schemars::JsonSchema;
use serde::{Serialize, Serializer};

/// A decimal as a JSON number: integers as integers, fractions without trailing zeros.
///
/// A fraction passes through a double, which serde_json writes with the fewest digits
/// that give it back: the very digits of the decimal up to fifteen of them, more than any
/// report states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number(pub Decimal);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let value = self.0.normalize();
        match value.to_i64() {
            Some(whole) if value.scale() == 0 => serializer.serialize_i64(whole),
            _ => serializer.serialize_f64(value.to_string().parse().unwrap_or(f64::NAN)),
        }
    }
}

impl JsonSchema for Number {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Number".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "number"})
    }

    fn inline_schema() -> bool {
        true
    }
}

/// For `#[serde(serialize_with)]` on a decimal.
///
/// # Errors
/// Those of the serializer.
pub fn exact<S: Serializer>(value: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    Number(*value).serialize(serializer)
}

/// For `#[serde(serialize_with)]` on a decimal that may be missing.
///
/// # Errors
/// Those of the serializer.
pub fn optional<S: Serializer>(value: &Option<Decimal>, serializer: S) -> Result<S::Ok, S::Error> {
    value.map(Number).serialize(serializer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_the_digits_of_the_source() {
        let json = |s: &str| {
            let value: Decimal = s.parse().expect(s);
            serde_json::to_string(&Number(value)).expect(s)
        };
        assert_eq!(json("1487096"), "1487096");
        assert_eq!(json("98.60"), "98.6");
        assert_eq!(json("10.81"), "10.81");
        assert_eq!(json("0.1"), "0.1");
        assert_eq!(json("12.00"), "12");
        assert_eq!(json("-4"), "-4");
        assert_eq!(json("123456789012.34"), "123456789012.34");
    }
}
