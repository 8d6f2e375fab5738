//! The transfers of a count as a drawing: a column for each stage, a row for each option, and a
//! ribbon for the votes that go from one to another.

use std::fmt::Write as _;

use crate::choice::Choice;
use crate::poll::Poll;
use crate::sheet::{Action, Sheet, Stage};

const NAMES: i128 = 220;
const COLUMN: i128 = 150;
const BAR: i128 = 90;
const ROW: i128 = 40;
const TOP: i128 = 60;

impl Sheet {
    /// The transfers as an SVG, with a title for readers who cannot see it. Whole numbers only, so
    /// that every machine draws the same.
    pub fn picture(&self, poll: &Poll) -> String {
        let rows: Vec<Choice> = poll.choices().filter(|&one| !poll.is_withdrawn(one)).collect();
        let (wide, high) =
            (NAMES + COLUMN * count(self.stages.len()), TOP + ROW * count(rows.len()) + 20);
        let title = text_of(&format!("{}: who got whose votes, stage by stage", poll.title));
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 {wide} {high}\" \
             width=\"{wide}\"              font-family=\"sans-serif\" font-size=\"12\">\n<title>{title}</title>\n\
             <rect width=\"{wide}\" height=\"{high}\" fill=\"#fff\"/>\n"
        );
        let place = |choice: Choice| rows.iter().position(|&row| row == choice).map_or(0, count);
        for &choice in &rows {
            let y = middle(place(choice)) + 4;
            let name: String = poll.name(choice).chars().take(32).collect();
            let _ =
                writeln!(svg, "<text x=\"8\" y=\"{y}\" fill=\"#1a1a1a\">{}</text>", text_of(&name));
        }
        let most = self.stages.iter().flat_map(|stage| stage.votes.values()).max().copied();
        let scale = Scale { most: most.unwrap_or(0).max(1) };
        let mut before: Option<&Stage> = None;
        for (number, stage) in self.stages.iter().enumerate() {
            if let Some(before) = before {
                ribbons(&mut svg, (before, stage, number), &rows, scale);
            }
            column(&mut svg, (poll, self), (number, stage), &rows, scale);
            before = Some(stage);
        }
        svg += "</svg>\n";
        svg
    }
}

#[derive(Clone, Copy)]
struct Scale {
    /// The votes that fill a bar.
    most: i128,
}

impl Scale {
    fn along(self, units: i128) -> i128 {
        units * BAR / self.most
    }

    /// How thick a ribbon is: as much of a row's height as its votes are of a full bar.
    fn across(self, units: i128) -> i128 {
        (units * (ROW - 14) / self.most).max(1)
    }
}

fn column(
    svg: &mut String,
    (poll, sheet): (&Poll, &Sheet),
    (number, stage): (usize, &Stage),
    rows: &[Choice],
    scale: Scale,
) {
    let left = NAMES + COLUMN * count(number);
    let says = text_of(&format!("Stage {}: {}", number + 1, stage.sentence(poll)));
    let _ = writeln!(
        svg,
        "<g><title>{says}</title><text x=\"{left}\" y=\"24\" font-weight=\"bold\" \
         fill=\"#1a1a1a\">Stage {}</text></g>",
        number + 1
    );
    for (place, &choice) in rows.iter().enumerate() {
        let units = stage.votes[choice];
        let y = middle(count(place));
        let (fill, mark) = match sheet.standing(number, choice) {
            "elected" => ("#1b6e3c", " ✓"),
            "excluded" => ("#8a8a8a", " ✕"),
            _ => ("#2a5d9f", ""),
        };
        let (top, long, below) = (y - 7, scale.along(units), y + 19);
        let _ = writeln!(
            svg,
            "<rect x=\"{left}\" y=\"{top}\" width=\"{long}\" height=\"12\" fill=\"{fill}\"/>\
             <text x=\"{left}\" y=\"{below}\" font-size=\"10\" fill=\"#1a1a1a\">{}{mark}</text>",
            sheet.votes(units)
        );
    }
}

/// From the one whose votes were transferred to those who gained.
fn ribbons(
    svg: &mut String,
    (before, stage, number): (&Stage, &Stage, usize),
    rows: &[Choice],
    scale: Scale,
) {
    let (Action::Surplus(from) | Action::Exclusion(from)) = stage.action else { return };
    let Some(start) = rows.iter().position(|&row| row == from) else { return };
    let (x1, x2) = (NAMES + COLUMN * count(number - 1) + BAR, NAMES + COLUMN * count(number));
    let (y1, bend) = (middle(count(start)), x1 + (x2 - x1) / 2);
    for (place, &choice) in rows.iter().enumerate() {
        let gained = stage.votes[choice] - before.votes[choice];
        if gained <= 0 {
            continue;
        }
        let (y2, thick) = (middle(count(place)), scale.across(gained));
        let _ = writeln!(
            svg,
            "<path d=\"M{x1} {y1}C{bend} {y1} {bend} {y2} {x2} {y2}\" fill=\"none\" \
             stroke=\"#c9781f\" stroke-opacity=\"0.6\" stroke-width=\"{thick}\"/>"
        );
    }
}

fn middle(row: i128) -> i128 {
    TOP + ROW * row
}

fn count(number: usize) -> i128 {
    i128::try_from(number).unwrap_or(i128::MAX)
}

/// Text that cannot be taken for markup.
fn text_of(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            sign if sign.is_control() => safe.push(' '),
            sign => safe.push(sign),
        }
    }
    safe
}
