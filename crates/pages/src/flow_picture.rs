use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use federation::rows::Unit;
use federation::{Federation, Id};
use measure::Hours;
use node::Between;
use node::words::unit_name;

use crate::drawn_text::{escape, lines_of};

/// The hours that go from unit to unit, as a drawing: givers on the left, receivers on the right,
/// a band for each two, as wide as its hours are many.
pub(crate) struct FlowPicture {
    /// The drawing, safe to stand in a page: numbers and escaped names only.
    pub(crate) svg: String,
    /// The same in a sentence.
    pub(crate) sentence: String,
    /// Those two with most hours between them, a row each, most first.
    pub(crate) rows: Vec<FlowRow>,
    /// Between how many more there are hours.
    pub(crate) more: usize,
}

/// The hours that one unit gives another.
pub(crate) struct FlowRow {
    pub(crate) giver: String,
    pub(crate) receiver: String,
    pub(crate) hours: String,
}

/// How many units stand on each side at most; those with fewest hours stand together as others.
const UNITS: usize = 12;

/// How many rows stand in the table.
const ROWS: usize = 100;

/// The drawing's measures, as wide as a small telephone.
const WIDTH: i64 = 360;
const NAMES_WIDTH: i64 = 112;
const BAR_WIDTH: i64 = 8;

/// How high the bars of one side are together, and the least that a unit takes up.
const BARS_HEIGHT: i64 = 320;
const GAP: i64 = 10;
const LINE_HEIGHT: i64 = 15;

/// How many lines a name has at most, and how many letters fit into each.
const LINES: usize = 2;
const LETTERS: usize = 15;

/// A unit of one side of the drawing, or what stands together as others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Who {
    Unit(Id<Unit>),
    Others,
}

/// One unit's place in the drawing.
struct Stand {
    who: Who,
    seconds: i64,
    /// Where its bar begins, how high that is, and how far bands have taken it up.
    top: i64,
    height: i64,
    taken: i64,
}

impl FlowPicture {
    /// The picture of all hours between two units; none if there are none.
    pub(crate) fn draw(
        federation: &Federation,
        between: &Between,
        ours: Option<Id<Unit>>,
    ) -> Option<Self> {
        let row = |&((giver, receiver), seconds)| FlowRow {
            giver: unit_name(federation, giver),
            receiver: unit_name(federation, receiver),
            hours: shown(seconds),
        };
        let rows: Vec<_> = between.most(ROWS).iter().map(row).collect();
        let more = between.pairs.len() - rows.len();
        let sentence = sentence(&rows, between)?;
        let named = |who| match who {
            Who::Unit(unit) => unit_name(federation, unit),
            Who::Others => "others".to_owned(),
        };
        let drawing = Drawing::new(between);
        let svg = drawing.svg(&sentence, &named, ours.map(Who::Unit));
        Some(Self { svg, sentence, rows, more })
    }
}

fn shown(seconds: i64) -> String {
    Hours::from_seconds(seconds).unwrap_or_default().to_string()
}

/// How many give how much to how many, and the most of it.
fn sentence(rows: &[FlowRow], between: &Between) -> Option<String> {
    let most = rows.first()?;
    let units = |side: &BTreeMap<_, _>| match side.len() {
        1 => "1 unit".to_owned(),
        count => format!("{count} units"),
    };
    let total = between.givers.values().copied().fold(0, i64::saturating_add);
    let verb = if between.givers.len() == 1 { "gives" } else { "give" };
    Some(format!(
        "{} {verb} {} hours to {}. The most goes from {} to {}: {} hours.",
        units(&between.givers),
        shown(total),
        units(&between.receivers),
        most.giver,
        most.receiver,
        most.hours
    ))
}

/// A drawing with the places of its units and its bands.
struct Drawing {
    givers: Vec<Stand>,
    receivers: Vec<Stand>,
    bands: BTreeMap<(Who, Who), i64>,
    total: i64,
}

impl Drawing {
    fn new(between: &Between) -> Self {
        let (givers, receivers) = (side(&between.givers), side(&between.receivers));
        let place = |side: &[(Who, i64)], unit| {
            let who = Who::Unit(unit);
            if side.iter().any(|one| one.0 == who) { who } else { Who::Others }
        };
        let mut bands: BTreeMap<(Who, Who), i64> = BTreeMap::new();
        let mut among_others = 0;
        for &((giver, receiver), seconds) in &between.pairs {
            match (place(&givers, giver), place(&receivers, receiver)) {
                // Nearly all pairs of a large plan.
                (Who::Others, Who::Others) => among_others += seconds,
                pair => *bands.entry(pair).or_default() += seconds,
            }
        }
        if among_others > 0 {
            bands.insert((Who::Others, Who::Others), among_others);
        }
        let total = bands.values().sum::<i64>().max(1);
        let receivers = beside(&givers, receivers, &bands);
        Self { givers: stands(&givers, total), receivers: stands(&receivers, total), bands, total }
    }

    fn height(&self) -> i64 {
        let end = |side: &[Stand]| {
            side.last().map_or(0, |last| last.top + i64::midpoint(slot(last.height), last.height))
        };
        end(&self.givers).max(end(&self.receivers))
    }

    fn svg(mut self, sentence: &str, named: &dyn Fn(Who) -> String, ours: Option<Who>) -> String {
        let mut svg = format!(
            "<svg class=\"flow\" viewBox=\"0 0 {WIDTH} {}\" role=\"img\" aria-label=\"{}\">",
            self.height(),
            escape(sentence)
        );
        let (left, right) = (NAMES_WIDTH + BAR_WIDTH, WIDTH - NAMES_WIDTH - BAR_WIDTH);
        let middle = i64::midpoint(left, right);
        for giver in &mut self.givers {
            for receiver in &mut self.receivers {
                let Some(&seconds) = self.bands.get(&(giver.who, receiver.who)) else { continue };
                let width = high(seconds, self.total).max(1);
                let from = giver.take(width);
                let to = receiver.take(width);
                let is_ours = ours == Some(giver.who) || ours == Some(receiver.who);
                let class = if is_ours { " class=\"us\"" } else { "" };
                let _ = write!(
                    svg,
                    "<path{class} d=\"M{left} {from} C{middle} {from} {middle} {to} {right} {to} \
                     V{} C{middle} {} {middle} {} {left} {} Z\"><title>{} → {}: {} hours</title></path>",
                    to + width,
                    to + width,
                    from + width,
                    from + width,
                    escape(&named(giver.who)),
                    escape(&named(receiver.who)),
                    shown(seconds)
                );
            }
        }
        for (side, bar, text, anchor) in [
            (&self.givers, NAMES_WIDTH, NAMES_WIDTH - 6, "end"),
            (&self.receivers, right, WIDTH - NAMES_WIDTH + 6, "start"),
        ] {
            for stand in side {
                let class = if ours == Some(stand.who) { "us" } else { "" };
                stand.draw(&mut svg, (bar, text), (anchor, class), &named(stand.who));
            }
        }
        svg.push_str("</svg>");
        svg
    }
}

/// The units of one side with their hours, most first, and the others last.
fn side(sums: &BTreeMap<Id<Unit>, i64>) -> Vec<(Who, i64)> {
    let mut side: Vec<_> = sums.iter().map(|(&unit, &sum)| (Who::Unit(unit), sum)).collect();
    side.sort_by_key(|&(who, seconds)| (Reverse(seconds), who));
    if side.len() > UNITS {
        let others = side.split_off(UNITS - 1).iter().map(|one| one.1).sum();
        side.push((Who::Others, others));
    }
    side
}

/// The receivers in the order in which their givers stand, so that few bands cross.
fn beside(
    givers: &[(Who, i64)],
    mut receivers: Vec<(Who, i64)>,
    bands: &BTreeMap<(Who, Who), i64>,
) -> Vec<(Who, i64)> {
    let middle = |receiver: Who, seconds: i64| {
        let places = (0_i128..).zip(givers).filter_map(|(place, giver)| {
            Some(place * i128::from(*bands.get(&(giver.0, receiver))?))
        });
        places.sum::<i128>() * 1000 / i128::from(seconds.max(1))
    };
    receivers.sort_by_key(|&(who, seconds)| (who == Who::Others, middle(who, seconds)));
    receivers
}

/// How high so many seconds of all of them stand.
fn high(seconds: i64, total: i64) -> i64 {
    let part = i128::from(seconds) * i128::from(BARS_HEIGHT) / i128::from(total.max(1));
    i64::try_from(part).unwrap_or(BARS_HEIGHT)
}

/// What a bar takes up with the space around it; a name and its hours need some too.
fn slot(height: i64) -> i64 {
    height.max(LINE_HEIGHT * 3) + GAP
}

fn stands(side: &[(Who, i64)], total: i64) -> Vec<Stand> {
    let mut top = 0;
    let mut stand = |&(who, seconds): &(Who, i64)| {
        let height = high(seconds, total).max(2);
        let within = (slot(height) - height) / 2;
        let stand = Stand { who, seconds, top: top + within, height, taken: 0 };
        top += slot(height);
        stand
    };
    side.iter().map(&mut stand).collect()
}

impl Stand {
    /// Takes up so much of the bar, and says where that begins.
    fn take(&mut self, width: i64) -> i64 {
        let at = self.top + self.taken.min((self.height - width).max(0));
        self.taken += width;
        at
    }

    fn draw(
        &self,
        svg: &mut String,
        (bar, text): (i64, i64),
        (anchor, class): (&str, &str),
        name: &str,
    ) {
        let &Self { top, height, .. } = self;
        let _ = write!(
            svg,
            "<rect class=\"{class}\" x=\"{bar}\" y=\"{top}\" width=\"{BAR_WIDTH}\" height=\"{height}\"/>"
        );
        let mut lines = lines_of(name, LINES, LETTERS);
        lines.push(format!("{} h", shown(self.seconds)));
        let count = i64::try_from(lines.len()).unwrap_or(1);
        let first = top + height / 2 - LINE_HEIGHT * count / 2 + LINE_HEIGHT - 3;
        for (line, says) in (0..).zip(&lines) {
            let class = if line == count - 1 { "what" } else { class };
            let _ = write!(
                svg,
                "<text class=\"{class}\" x=\"{text}\" y=\"{}\" text-anchor=\"{anchor}\">{}</text>",
                first + LINE_HEIGHT * line,
                escape(says)
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between(list: &[(u32, u32, i64)]) -> Between {
        let flow = |&(giver, receiver, hours): &(u32, u32, i64)| {
            let hours = Hours::from_seconds(hours * 3600).unwrap();
            (Id::new(giver), Id::new(receiver), hours)
        };
        Between::new(list.iter().map(flow))
    }

    #[test]
    fn bars_are_as_high_as_their_hours_and_bands_stay_within_them() {
        let drawing = Drawing::new(&between(&[(0, 1, 6), (0, 2, 2), (1, 2, 8)]));
        let heights = |side: &[Stand]| side.iter().map(|one| one.height).collect::<Vec<_>>();
        assert_eq!(heights(&drawing.givers), [160, 160]);
        assert_eq!(heights(&drawing.receivers), [120, 200]);
        for mut stand in drawing.receivers {
            let who = stand.who;
            let mut last = stand.top;
            for (_, seconds) in drawing.bands.iter().filter(|(pair, _)| pair.1 == who) {
                let width = high(*seconds, drawing.total);
                let at = stand.take(width);
                assert!(at >= last && at + width <= stand.top + stand.height);
                last = at + width;
            }
        }
    }

    #[test]
    fn beyond_twelve_units_the_smallest_stand_together() {
        let list: Vec<_> = (0..20).map(|unit| (unit, 20, i64::from(unit) + 1)).collect();
        let drawing = Drawing::new(&between(&list));
        assert_eq!(drawing.givers.len(), UNITS);
        let others = drawing.givers.last().unwrap();
        assert_eq!((others.who, others.seconds), (Who::Others, (1..=9).sum::<i64>() * 3600));
        assert_eq!(drawing.bands.values().sum::<i64>(), 210 * 3600);
    }

    #[test]
    fn names_keep_apart_however_small_their_hours_are() {
        let drawing = Drawing::new(&between(&[(0, 9, 1000), (1, 9, 1), (2, 9, 1)]));
        for pair in drawing.givers.windows(2) {
            let middle = |stand: &Stand| stand.top + stand.height / 2;
            assert!(middle(&pair[1]) - middle(&pair[0]) >= 3 * LINE_HEIGHT);
        }
    }
}
