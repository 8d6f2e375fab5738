use std::fmt::Write as _;

use federation::rows::{Origin, Unit};
use federation::{Federation, Id};
use node::words::unit_name;
use node::{Ring, RingStep};

use crate::drawn_text::{cut, escape, lines_of};

/// A ring as a drawing: units on a circle, an arrow for each delivery.
pub(crate) struct RingPicture {
    /// The drawing, safe to stand in a page: numbers and escaped names only.
    pub(crate) svg: String,
    /// The same in a sentence.
    pub(crate) sentence: String,
    /// How many hours go round.
    pub(crate) hours: String,
    pub(crate) rows: Vec<RingRow>,
    /// Who can begin, and how.
    pub(crate) begins: String,
}

/// A delivery of a ring, as a row of its table.
pub(crate) struct RingRow {
    pub(crate) giver: String,
    pub(crate) what: String,
    pub(crate) receiver: String,
    pub(crate) contract: u32,
    pub(crate) how: String,
}

/// Half of the drawing's side, and how far from its middle the units stand.
const HALF: i32 = 200;
const RADIUS: i32 = 100;

/// How many deliveries can be told apart in a drawing; a longer ring has its table.
const STEPS_DRAWN: usize = 24;

/// How many letters of a name fit above or below its unit, and in each line beside it.
const LETTERS: usize = 22;
const LETTERS_BESIDE: usize = 10;

/// How many lines a name has at most, and how far apart they stand.
const LINES: usize = 3;
const LINE_HEIGHT: i32 = 18;

/// Sine times 1,000 of each 5 degrees up to 90; the rest follows by turning.
const SINES: [i32; 19] =
    [0, 87, 174, 259, 342, 423, 500, 574, 643, 707, 766, 819, 866, 906, 940, 966, 985, 996, 1000];

/// Sine times 1,000, in whole numbers, so that every machine draws the same.
fn sine(degrees: i32) -> i32 {
    let degrees = degrees.rem_euclid(360);
    let (within, sign) = if degrees < 180 { (degrees, 1) } else { (degrees - 180, -1) };
    let up = if within <= 90 { within } else { 180 - within };
    let place = usize::try_from(up / 5).unwrap_or(0);
    let (low, high) = (SINES.get(place), SINES.get(place + 1));
    let low = low.copied().unwrap_or(1000);
    let high = high.copied().unwrap_or(1000);
    sign * (low + (high - low) * (up % 5) / 5)
}

/// A point on a circle around the middle; the first stands at the top, then clockwise.
fn point(degrees: i32, radius: i32) -> (i32, i32) {
    (HALF + radius * sine(degrees) / 1000, HALF - radius * sine(degrees + 90) / 1000)
}

impl RingPicture {
    pub(crate) fn draw(federation: &Federation, ring: &Ring, ours: Option<Id<Unit>>) -> Self {
        let rows: Vec<_> = ring.steps.iter().map(|step| row(federation, step)).collect();
        let sentence = sentence(&rows, ring);
        let fits = rows.len() <= STEPS_DRAWN;
        Self {
            svg: if fits { svg(federation, ring, ours, &sentence) } else { String::new() },
            sentence,
            hours: ring.hours.to_string(),
            begins: begins(federation, ring),
            rows,
        }
    }
}

fn row(federation: &Federation, step: &RingStep) -> RingRow {
    let contract = federation.contract(step.contract);
    RingRow {
        giver: unit_name(federation, step.giver),
        receiver: unit_name(federation, step.receiver),
        what: contract.as_ref().map_or_else(
            |_| String::new(),
            |row| {
                if let Origin::Swap { thing, .. } = row.origin
                    && let Ok(thing) = federation.thing(thing)
                {
                    return node::words::thing_words(federation, thing);
                }
                let amount = node::words::amount(federation, row.quantity, row.version);
                format!("{amount} of {}", federation.version_label(row.version))
            },
        ),
        contract: step.contract.number(),
        how: contract.map(|row| node::words::status_words(federation, row)).unwrap_or_default(),
    }
}

fn sentence(rows: &[RingRow], ring: &Ring) -> String {
    let steps: Vec<_> = rows
        .iter()
        .map(|row| {
            let what = if is_swap(ring) { &row.what } else { goods(&row.what) };
            format!("{} gives {} {what}", row.giver, row.receiver)
        })
        .collect();
    let mut sentence = format!("{}.", steps.join("; "));
    if !ring.closed
        && let (Some(first), Some(last)) = (rows.first(), rows.last())
    {
        let hours = ring.hours;
        let _ = write!(
            sentence,
            " {} gains {hours} hours of entitlement, and {} uses {hours} hours of its room.",
            first.giver, last.receiver
        );
    }
    sentence
}

/// Whether things go round, and no hours.
fn is_swap(ring: &Ring) -> bool {
    ring.hours == measure::Hours::ZERO
}

/// What is given, without how much: a contract can be part of several rings.
fn goods(what: &str) -> &str {
    what.rsplit(" of ").next().unwrap_or(what)
}

/// Whoever has room can receive first; then its giver has earned room, and so on upstream.
fn begins(federation: &Federation, ring: &Ring) -> String {
    if is_swap(ring) {
        return "Anybody can begin; a swap needs no room.".to_owned();
    }
    let with_room = ring.steps.iter().filter_map(|step| {
        let room = federation.unit(step.receiver).ok()?.room_now();
        room.is_positive().then_some((room, step))
    });
    match with_room.max_by_key(|&(room, step)| (room, std::cmp::Reverse(step.contract))) {
        Some((room, step)) => format!(
            "{} can begin: {} has room for {} hours now. If that is less than the whole, begin with \
             a part; whoever has given can receive.",
            unit_name(federation, step.giver),
            unit_name(federation, step.receiver),
            room.min(ring.hours.max(measure::Hours::ZERO)),
        ),
        None => format!(
            "Nobody in this ring has room to receive first; {} hours are missing. Any other unit \
             that has free room can back one of them.",
            ring.hours
        ),
    }
}

/// A unit's name outside the circle: in one line above or below it, else in short lines beside it.
fn name_drawn((x, y): (i32, i32), name: &str, class: &str) -> String {
    let (lines, x, anchor) = match x - HALF {
        off if off > 40 => (lines_of(name, LINES, LETTERS_BESIDE), x + 18, "start"),
        off if off < -40 => (lines_of(name, LINES, LETTERS_BESIDE), x - 18, "end"),
        _ => (vec![cut(name, LETTERS)], x, "middle"),
    };
    let height = LINE_HEIGHT * i32::try_from(lines.len()).unwrap_or(1);
    let first = match anchor {
        "middle" if y <= HALF => y - 22,
        "middle" => y + 32,
        _ => y + LINE_HEIGHT - height / 2 - 4,
    };
    let baselines = (0..).map(|line| first + LINE_HEIGHT * line);
    lines.iter().zip(baselines).fold(String::new(), |mut drawn, (line, y)| {
        let line = escape(line);
        let _ = write!(
            drawn,
            "<text class=\"{class}\" x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">{line}</text>"
        );
        drawn
    })
}

fn svg(federation: &Federation, ring: &Ring, ours: Option<Id<Unit>>, sentence: &str) -> String {
    let mut units: Vec<Id<Unit>> = ring.steps.iter().map(|step| step.giver).collect();
    if !ring.closed
        && let Some(last) = ring.steps.last()
    {
        units.push(last.receiver);
    }
    let count = i32::try_from(units.len()).unwrap_or(i32::MAX).max(1);
    let angle = |place: i32| 360 * place / count;
    let mut svg = format!(
        "<svg class=\"ring\" viewBox=\"0 0 {0} {0}\" role=\"img\" aria-label=\"{1}\">\
         <defs><marker id=\"tip\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"7\" \
         markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0 L10 5 L0 10 z\"/></marker></defs>",
        2 * HALF,
        escape(sentence)
    );
    let arrows = if ring.closed { count } else { count - 1 };
    // An arrow keeps clear of the circles at its ends.
    let clear = 11.min(90 / count);
    for place in 0..arrows {
        let (from, to) = (angle(place) + clear, angle(place + 1) - clear);
        let ((x, y), (to_x, to_y)) = (point(from, RADIUS), point(to, RADIUS));
        let large = i32::from(to - from > 180);
        let _ = write!(
            svg,
            "<path d=\"M{x} {y} A{RADIUS} {RADIUS} 0 {large} 1 {to_x} {to_y}\" \
             marker-end=\"url(#tip)\"/>"
        );
    }
    for (place, &unit) in (0..count).zip(&units) {
        let (x, y) = point(angle(place), RADIUS);
        let is_us = Some(unit) == ours;
        let (circle, text) = if is_us { ("us", "us-name") } else { ("", "") };
        let _ = write!(svg, "<circle class=\"{circle}\" cx=\"{x}\" cy=\"{y}\" r=\"13\"/>");
        svg.push_str(&name_drawn((x, y), &unit_name(federation, unit), text));
    }
    let middle = if is_swap(ring) { "swap".to_owned() } else { format!("{} hours", ring.hours) };
    let _ = write!(
        svg,
        "<text class=\"what\" x=\"{HALF}\" y=\"{HALF}\" text-anchor=\"middle\">{middle}</text></svg>"
    );
    svg
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_circle_is_round_in_whole_numbers() {
        assert_eq!(point(0, 100), (200, 100));
        assert_eq!(point(90, 100), (300, 200));
        assert_eq!(point(180, 100), (200, 300));
        assert_eq!(point(270, 100), (100, 200));
        for degrees in 0..360 {
            let square = sine(degrees).pow(2) + sine(degrees + 90).pow(2);
            assert!((995_000..=1_005_000).contains(&square), "{degrees}");
        }
    }
}
