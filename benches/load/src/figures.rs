//! What was measured, as lines for the table.

use std::time::{Duration, Instant};

/// Prints one line: what, the figure, what it stands beside.
pub(crate) fn row(what: &str, figure: &str, beside: &str) {
    println!("{what}\t{figure}\t{beside}");
}

/// How many times something was done a second.
pub(crate) fn per_second(count: usize, took: Duration) -> String {
    let count = u128::try_from(count).unwrap_or(u128::MAX);
    let each_second = count.saturating_mul(1_000_000) / took.as_micros().max(1);
    thousands(each_second)
}

/// The latency that this many of a hundred stay below.
pub(crate) fn percentile(sorted: &[Duration], of_hundred: usize) -> String {
    let place = (sorted.len() * of_hundred).div_ceil(100).saturating_sub(1);
    let latency = sorted.get(place).copied().unwrap_or_default();
    format!("{}.{} ms", latency.as_millis(), latency.subsec_micros() % 1000 / 100)
}

/// What an action gives, and how long it took.
pub(crate) fn timed<T>(action: impl FnOnce() -> T) -> (T, Duration) {
    let begun = Instant::now();
    let result = action();
    (result, begun.elapsed())
}

fn thousands(number: u128) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(' ');
        }
        grouped.push(digit);
    }
    grouped
}
