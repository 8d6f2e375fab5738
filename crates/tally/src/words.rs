//! Counts in words, as a returning officer reads them out.

use std::fmt::Write as _;

use crate::choice::Choice;
use crate::majority::{Majority, Share};
use crate::poll::Poll;
use crate::schulze::Schulze;
use crate::sheet::{Action, Decided, Sheet, Stage, Tie};
use crate::sums::Sums;
use crate::warned::{Warned, Why};

/// What stands before the votes that belong to nobody.
const LOST: &str = "(nobody's any more)";

impl Sheet {
    /// The whole count in words: stage by stage, who has how many votes, how that has changed, and
    /// who is elected or excluded.
    ///
    /// ```
    /// # use tally::{Draw, Poll, scottish};
    /// let names = ["Ann", "Bea", "Cem"].map(str::to_owned).to_vec();
    /// let mut poll = Poll::try_new("delegates", 2, names)?;
    /// poll.cast(5, &[1, 2, 0])?;
    /// poll.cast(2, &[0, 0, 1])?;
    /// let words = scottish(&poll, Draw::new([0; 32])).words(&poll);
    /// assert!(words.contains("Stage 2: what Ann has beyond the quota is transferred"), "{words}");
    /// assert!(words.ends_with("elected: Ann, Cem\n"), "{words}");
    /// # Ok::<(), tally::PollRefused>(())
    /// ```
    pub fn words(&self, poll: &Poll) -> String {
        let quota = self.stages.first().map_or(0, |stage| stage.quota);
        let mut text = format!(
            "{} {}, {} valid, quota {}\n",
            self.seats,
            if self.seats == 1 { "seat" } else { "seats" },
            self.valid,
            votes(quota, self.decimals)
        );
        let lengths = poll.choices().map(|choice| poll.name(choice).chars().count());
        let wide = lengths.max().unwrap_or(0).max(LOST.len());
        let mut before: Option<&Stage> = None;
        for (number, stage) in self.stages.iter().enumerate() {
            let _ = writeln!(text, "\nStage {}: {}", number + 1, stage.sentence(poll));
            for (choice, units) in
                stage.votes.iter().filter(|&(choice, _)| !poll.is_withdrawn(choice))
            {
                let change = before.map_or(0, |before| units - before.votes[choice]);
                let (name, figure) = (poll.name(choice), votes(*units, self.decimals));
                let change =
                    if change == 0 { String::new() } else { changed(change, self.decimals) };
                let line = format!(
                    "  {name:wide$}  {figure:>16}  {change:>16}  {}",
                    self.standing(number, choice)
                );
                let _ = writeln!(text, "{}", line.trim_end());
            }
            let line = format!("  {:wide$}  {:>16}", LOST, votes(stage.lost, self.decimals));
            let _ = writeln!(text, "{line}");
            for tie in &stage.ties {
                let _ = writeln!(text, "  {}", tie.sentence(poll));
            }
            before = Some(stage);
        }
        let _ = writeln!(text, "\nelected: {}", names(poll, &self.elected).join(", "));
        text
    }

    /// Votes with the decimals of this count: `2127.00000`.
    pub fn votes(&self, units: i128) -> String {
        votes(units, self.decimals)
    }

    /// Where an option stands at the end of a stage, by its position: `elected`, `excluded`, or
    /// nothing while it continues.
    pub fn standing(&self, stage: usize, choice: Choice) -> &'static str {
        let so_far = || self.stages.iter().take(stage + 1);
        if so_far().any(|one| one.elected.contains(&choice)) {
            "elected"
        } else if so_far().any(|one| one.excluded == Some(choice)) {
            "excluded"
        } else {
            ""
        }
    }
}

impl Stage {
    /// What a stage did, in a sentence.
    pub fn sentence(&self, poll: &Poll) -> String {
        match self.action {
            Action::First => "first preferences".to_owned(),
            Action::Surplus(choice) => {
                format!("what {} has beyond the quota is transferred", poll.name(choice))
            }
            Action::Exclusion(choice) => {
                format!("{} has the fewest votes and is excluded", poll.name(choice))
            }
            Action::Iterations(1) => "counted once".to_owned(),
            Action::Iterations(times) => {
                format!("counted {times} times, until the elected keep what they need")
            }
            Action::Last => "as many are left as seats".to_owned(),
        }
    }
}

impl Tie {
    /// What decided between equals, in a sentence.
    pub fn sentence(&self, poll: &Poll) -> String {
        let among = names(poll, &self.among).join(", ");
        let taken = poll.name(self.taken);
        match self.decided {
            Decided::Stage(stage) => {
                format!("equal: {among}; stage {} decided on {taken}", stage + 1)
            }
            Decided::Turn => format!("equal: {among}; {taken} was taken by whose turn it is"),
            Decided::Lot => format!("equal: {among}; the lot fell on {taken}"),
        }
    }
}

impl Schulze {
    /// The count in words: both tables, and the order.
    pub fn words(&self, poll: &Poll) -> String {
        let mut text = String::from("\nballots that rank the row before the column\n");
        text += &pairs(poll, |one, other| self.preferences.of(one, other));
        text += "\nstrength of the strongest path from the row to the column\n";
        text += &pairs(poll, |one, other| self.paths.of(one, other));
        text.push('\n');
        for (place, level) in self.levels.iter().enumerate() {
            let drawn = if level.len() > 1 { "  (equal; in the order drawn)" } else { "" };
            let _ = writeln!(text, "{:>3}. {}{drawn}", place + 1, names(poll, level).join(", "));
        }
        for &choice in &self.not_beating {
            let _ = writeln!(text, "out: {}, not preferred to the status quo", poll.name(choice));
        }
        if let Some(winner) = self.winner() {
            let _ = writeln!(text, "\nwins: {}", poll.name(winner));
        }
        text
    }
}

impl Sums {
    /// The sums in words, the highest first.
    pub fn words(&self, poll: &Poll) -> String {
        let mut text = String::new();
        for (place, &choice) in self.order.iter().enumerate() {
            let (sum, said) = (self.sums[choice], self.said[choice]);
            let _ = writeln!(
                text,
                "{:>3}. {sum:>8}  {}  ({said} ballots say something)",
                place + 1,
                poll.name(choice)
            );
        }
        for drawn in &self.drawn {
            let _ = writeln!(text, "equal, in the order drawn: {}", names(poll, drawn).join(", "));
        }
        text
    }
}

impl Poll {
    /// What the reader of its file should know of some ballots, a line each: the first few, and how
    /// many more. Empty if they were all taken as they stand.
    pub fn warned_words(&self) -> String {
        const SHOWN: usize = 5;
        let mut text = String::new();
        for warned in self.warned().iter().take(SHOWN) {
            let _ = writeln!(text, "warning: {}", warned.sentence(self));
        }
        match self.warned().len().saturating_sub(SHOWN) {
            0 => {}
            more => drop(writeln!(text, "warning: and {more} more such ballots")),
        }
        text
    }
}

impl Warned {
    /// What is to be known of a ballot, in a sentence.
    pub fn sentence(&self, poll: &Poll) -> String {
        let Self { line, weight, .. } = self;
        let of = if *weight == 1 { String::new() } else { format!(", which weighs {weight},") };
        match self.why {
            Why::NamedTwice(choice) => {
                let name = poll.name(choice);
                format!(
                    "line {line}: the ballot{of} names `{name}` twice; it counts up to the second time"
                )
            }
            Why::ManyLines(begun) => format!(
                "line {line}: the ballot{of} has gone on from line {begun}; if its `0` is missing \
                 there, two ballots are read as one"
            ),
        }
    }
}

impl Majority {
    /// The votes and whether they pass, in words.
    pub fn words(&self, share: Share) -> String {
        let verdict = if self.passes(share) { "passes" } else { "does not pass" };
        let Self { yes, no, abstain } = self;
        format!("yes {yes}, no {no}, neither {abstain}: it {verdict}\n")
    }
}

fn votes(units: i128, decimals: u8) -> String {
    let one = 10_u128.pow(u32::from(decimals));
    let (sign, size) = (if units < 0 { "-" } else { "" }, units.unsigned_abs());
    let width = usize::from(decimals);
    if width == 0 {
        format!("{sign}{size}")
    } else {
        format!("{sign}{}.{:0width$}", size / one, size % one)
    }
}

fn changed(units: i128, decimals: u8) -> String {
    let sign = if units > 0 { "+" } else { "" };
    format!("{sign}{}", votes(units, decimals))
}

fn names<'a>(poll: &'a Poll, choices: &[Choice]) -> Vec<&'a str> {
    choices.iter().map(|&choice| poll.name(choice)).collect()
}

/// A table with the options' numbers as headings, and their names beside the rows.
fn pairs(poll: &Poll, of: impl Fn(Choice, Choice) -> u64) -> String {
    let widest = poll.choices().flat_map(|one| {
        let of = &of;
        poll.choices().map(move |other| of(one, other).to_string().len())
    });
    let width = widest.max().unwrap_or(1).max(4);
    let mut text = String::from("    ");
    for choice in poll.choices() {
        let _ = write!(text, " {:>width$}", choice.0 + 1);
    }
    text.push('\n');
    for one in poll.choices() {
        let _ = write!(text, "{:>3} ", one.0 + 1);
        for other in poll.choices() {
            let cell = if one == other { "–".to_owned() } else { of(one, other).to_string() };
            let _ = write!(text, " {cell:>width$}");
        }
        let _ = writeln!(text, "  {}", poll.name(one));
    }
    text
}
