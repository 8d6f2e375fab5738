//! `artel tally`: counts the ballots of a file, without a federation.

mod ballots;
mod counted;
mod letters;
mod sheet;

use std::path::PathBuf;
use std::process::ExitCode;

use ::tally::{self, Choice, Draw, Poll, Share};
use clap::{Args, ValueEnum};

use crate::round::{Fault, Written};
use crate::said::say;
use counted::Counted;

/// Count the ballots of a file, stage by stage.
///
/// Reads BLT, ABIF and tally sheets of devotee, the forms in which elections are published, and counts exactly: no part of a
/// vote is rounded but where the method's rules say so. Where the rules ask for a lot it is drawn
/// from `--seed`, so that everybody draws the same.
#[derive(Args)]
pub(crate) struct Tally {
    /// The ballots: a .blt or .abif file, or a tally sheet of devotee.
    #[arg(value_name = "BALLOTS")]
    ballots: PathBuf,

    /// How to count.
    #[arg(long, value_enum)]
    method: Method,

    /// How many are to be elected, in place of what the file says.
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..))]
    seats: Option<u32>,

    /// The option that leaves things as they are: what a majority does not prefer to it is out.
    #[arg(long, value_name = "OPTION")]
    status_quo: Option<String>,

    /// What part of yes and no must be yes: `1/2` is more than half, `2/3` two thirds or more.
    #[arg(long, value_name = "SHARE", default_value = "1/2", value_parser = share)]
    share: Share,

    /// 64 hexadecimal digits that lots are drawn from.
    #[arg(long, value_name = "HEX", default_value_t = "0".repeat(64), hide_default_value = true)]
    seed: String,

    /// Draw the transfers into this file.
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,

    /// Print the count as JSON.
    #[arg(long)]
    json: bool,
}

/// The methods of counting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Method {
    /// Single transferable vote, Scottish rules; delegates for several seats.
    Stv,
    /// Single transferable vote, Meek's method.
    Meek,
    /// Instant runoff, for one seat.
    Irv,
    /// Schulze's method: pair by pair, for one option among several.
    Schulze,
    /// A vote for every option that a ballot names.
    Approval,
    /// The sum of scores.
    Score,
    /// Yes or no; the options are called `yes` and `no`.
    Majority,
}

impl Method {
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Stv => "single transferable vote, Scottish rules",
            Self::Meek => "single transferable vote, Meek's method",
            Self::Irv => "instant runoff",
            Self::Schulze => "Schulze's method",
            Self::Approval => "approval",
            Self::Score => "scores",
            Self::Majority => "majority",
        }
    }
}

/// Runs the command, and says on stderr what was wrong.
pub(crate) fn run(command: &Tally) -> ExitCode {
    match command.run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("artel: {fault}");
            ExitCode::from(fault.exit_code())
        }
    }
}

impl Tally {
    fn run(&self) -> Result<(), Fault> {
        let mut poll = ballots::read(&self.ballots)?;
        if let Some(seats) = self.seats {
            poll.seats = seats;
        }
        let quo = self.status_quo.as_deref().map(|name| self.option(&poll, name)).transpose()?;
        let draw = Draw::new(seed(&self.seed)?);
        let counted = self.count(&poll, quo, draw)?;
        let picture = self.svg.as_ref().map(|file| {
            let svg = counted.picture(&poll).ok_or_else(|| {
                let says = "only transfers can be drawn; use --svg with stv, meek or irv";
                Fault::Round(says.to_owned())
            })?;
            Written::write(file, |to| to.write_all(svg.as_bytes()))
        });
        let picture = picture.transpose()?;
        if self.json {
            say!("{:#}", counted.json(&poll, self.method));
        } else {
            say!("{}", counted.text(&poll, self.method).trim_end());
        }
        picture.map_or(Ok(()), Written::keep)
    }

    fn option(&self, poll: &Poll, name: &str) -> Result<Choice, Fault> {
        poll.named(name).ok_or_else(|| {
            let names: Vec<_> =
                poll.choices().map(|choice| format!("`{}`", poll.name(choice))).collect();
            let says = format!("there is no option `{name}`; expected one of {}", names.join(", "));
            Fault::in_file(&self.ballots, says)
        })
    }

    fn count(&self, poll: &Poll, quo: Option<Choice>, draw: Draw) -> Result<Counted, Fault> {
        Ok(match self.method {
            Method::Stv => Counted::Sheet(tally::scottish(poll, draw)),
            Method::Meek => Counted::Sheet(tally::meek(poll, draw)),
            Method::Irv => Counted::Sheet(tally::irv(poll, draw)),
            Method::Schulze => Counted::Schulze(tally::schulze(poll, quo, draw)),
            Method::Approval => Counted::Sums(tally::approval(poll, draw)),
            Method::Score if !poll.has_scores() => {
                let says = "no ballot has a score; expected ABIF with scores, such as `3:A/2,B/-1`";
                return Err(Fault::in_file(&self.ballots, says));
            }
            Method::Score => Counted::Sums(tally::score(poll, draw)),
            Method::Majority => {
                let votes = ballots::yes_and_no(poll)
                    .ok_or_else(|| Fault::in_file(&self.ballots, ballots::NOT_YES_AND_NO))?;
                Counted::Majority(votes, self.share)
            }
        })
    }
}

fn seed(text: &str) -> Result<[u8; 32], Fault> {
    let wrong = || Fault::Round(format!("--seed: found `{text}`; expected 64 hexadecimal digits"));
    let mut seed = [0; 32];
    if text.len() != 64 || !text.is_ascii() {
        return Err(wrong());
    }
    for (at, byte) in seed.iter_mut().enumerate() {
        let digits = text.get(2 * at..2 * at + 2).ok_or_else(wrong)?;
        *byte = u8::from_str_radix(digits, 16).map_err(|_| wrong())?;
    }
    Ok(seed)
}

/// Half is to be passed; any other share is enough when it is reached.
fn share(text: &str) -> Result<Share, String> {
    let wrong =
        || "expected a part such as `1/2` or `2/3`, above nought and at most one".to_owned();
    let (part, whole) = text.split_once('/').ok_or_else(wrong)?;
    let (part, whole): (u32, u32) =
        part.trim().parse().ok().zip(whole.trim().parse().ok()).ok_or_else(wrong)?;
    if part == 0 || part > whole {
        return Err(wrong());
    }
    let is_half = u64::from(part) * 2 == u64::from(whole);
    Ok(if is_half { Share::MoreThan(part, whole) } else { Share::AtLeast(part, whole) })
}
