use crate::{MAGNITUDE_MAX, NumberRefused, Reason};

/// Reads `12`, `0.5` or `-3.25` as a whole number of 10⁻ᵈ, exactly.
pub(crate) fn parse(text: &str, decimals: u8) -> Result<i64, NumberRefused> {
    let refuse = |reason| NumberRefused::new(text, reason);
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    if text.is_empty() {
        return Err(refuse(Reason::Empty));
    }
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !all_digits(whole) || !all_digits(fraction) || digits.ends_with('.') {
        return Err(refuse(Reason::NotANumber));
    }
    let fraction = fraction.trim_end_matches('0');
    let places = usize::from(decimals);
    if fraction.len() > places {
        return Err(refuse(Reason::TooManyDecimals { allowed: decimals }));
    }
    let steps = format!("{whole}{fraction:0<places$}");
    let steps = steps.trim_start_matches('0');
    if steps.is_empty() {
        return Ok(0);
    }
    match steps.parse::<i64>() {
        Ok(n) if n <= MAGNITUDE_MAX => Ok(if negative { -n } else { n }),
        _ => Err(refuse(Reason::TooLarge { decimals })),
    }
}

/// Writes a whole number of 10⁻ᵈ without trailing noughts: `12`, `0.5`, `-3.25`.
pub(crate) fn format(steps: i64, decimals: u8) -> String {
    let one = 10_u64.pow(u32::from(decimals));
    let magnitude = steps.unsigned_abs();
    let (whole, fraction) = (magnitude / one, magnitude % one);
    let sign = if steps < 0 { "-" } else { "" };
    if fraction == 0 {
        return format!("{sign}{whole}");
    }
    let places = usize::from(decimals);
    let fraction = format!("{fraction:0places$}");
    format!("{sign}{whole}.{}", fraction.trim_end_matches('0'))
}
