//! The outlook of an open round of 100,000 offers and needs: how long it takes the first time, and
//! again after one more need; beside beginning anew each time, in the same run.

use std::collections::BTreeMap;
use std::error::Error;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use circuits::{Living, Round};
use federation::{Foreseen, Id, Matched, Problem};
use node::Hosted;
use record::Submission;

use crate::figures::{percentile, row, timed};
use crate::round::while_read;

/// How many more needs come, one after the other.
const MORE: usize = 10;

/// What the node rests at least.
const REST: Duration = Duration::from_millis(50);

/// How many units are told what an outlook means for them.
const UNITS: u32 = 5;

const WHAT: &str = "an open round of 100 000 offers and needs";

/// What is to be measured of a round.
struct Measured<'a> {
    hosted: &'a Arc<Hosted>,
    runtime: tokio::runtime::Runtime,
    /// The same round, to see where the time goes.
    living: Option<Living>,
    again: Vec<Duration>,
    anew: Vec<Duration>,
    steps: BTreeMap<&'static str, Vec<Duration>>,
}

/// The first outlook of a round, while nobody else asks for anything.
pub(crate) fn first(hosted: &Arc<Hosted>) -> Result<(), Box<dyn Error>> {
    let runtime = tokio::runtime::Runtime::new()?;
    let (outlook, took) = timed(|| runtime.block_on(hosted.outlook(Id::new(1))));
    let outlook = outlook?;
    row(&format!("{WHAT}: outlook, the first time"), &percentile(&[took], 50), "");
    row(
        &format!("{WHAT}: it would come to"),
        &format!("{} deliveries", outlook.deliveries.len()),
        &format!("{} hours", outlook.hours),
    );
    Ok(())
}

pub(crate) fn measure(
    hosted: &Arc<Hosted>,
    pages: (&str, &[String]),
    before: &str,
    mut need: impl FnMut() -> Result<Submission, Box<dyn Error>>,
) -> Result<(), Box<dyn Error>> {
    let mut measured = Measured::new(hosted)?;
    measured.begin_anew()?;
    measured.forget();
    for _ in 0..MORE {
        hosted.submit_and_wait(need()?)?;
        measured.once()?;
    }
    measured.tell()?;
    let submissions = (0..MORE).map(|_| need()).collect::<Result<Vec<_>, _>>()?;
    while_read(pages, ("ten more needs, an outlook and a rest after each,", before), || {
        let each = submissions.into_iter().try_for_each(|submission| {
            hosted.submit_and_wait(submission)?;
            measured.runtime.block_on(hosted.outlook(Id::new(1))).map(drop)
        });
        each.map_err(|why| why.to_string())
    })
}

impl<'a> Measured<'a> {
    fn new(hosted: &'a Arc<Hosted>) -> Result<Self, Box<dyn Error>> {
        Ok(Self {
            hosted,
            runtime: tokio::runtime::Runtime::new()?,
            living: None,
            again: Vec::new(),
            anew: Vec::new(),
            steps: BTreeMap::new(),
        })
    }

    fn forget(&mut self) {
        self.again.clear();
        self.anew.clear();
        self.steps.clear();
    }

    /// One more outlook, by the node and anew.
    fn once(&mut self) -> Result<(), Box<dyn Error>> {
        // The node rests after it has worked; that is not what is measured.
        thread::sleep(self.again.last().map_or(Duration::from_secs(3), |&took| took * 4 + REST));
        let outlook = || self.runtime.block_on(self.hosted.outlook(Id::new(1)));
        let (outlook, took) = timed(outlook);
        self.again.push(took);
        let (anew, took) = timed(|| self.begin_anew());
        let mended = self.steps.get("mended").and_then(|times| times.last().copied());
        self.anew.push(took.saturating_sub(mended.unwrap_or_default()));
        if outlook?.deliveries != anew? {
            return Err("an outlook is not what beginning anew comes to".into());
        }
        Ok(())
    }

    /// What beginning anew comes to, step by step; beside it the step that mending takes in its place.
    fn begin_anew(&mut self) -> Result<Vec<Matched>, Box<dyn Error>> {
        let (foreseen, copied) = timed(|| self.hosted.read(|state| state.foreseen(Id::new(1))));
        let Foreseen { request, units, versions, .. } = foreseen??;
        let (round, ordered) = timed(|| Round::try_new(request));
        let round = round?;
        let (mended, mending) = timed(|| match self.living.take() {
            None => Living::new(round.clone()),
            Some(mut living) => living.change(round.clone()).map(|_| living),
        });
        self.living = Some(mended?);
        let (plan, solved) = timed(|| circuits::solve(&round));
        let problem = Problem { round: round.into(), units, versions };
        let (deliveries, told) = timed(|| Ok::<_, Box<dyn Error>>(problem.matched(&plan?)));
        for (step, took) in [
            ("copied", copied),
            ("ordered", ordered),
            ("mended", mending),
            ("solved", solved),
            ("matched", told),
        ] {
            self.steps.entry(step).or_default().push(took);
        }
        deliveries
    }

    fn tell(&mut self) -> Result<(), Box<dyn Error>> {
        let median = |times: &mut Vec<Duration>| {
            times.sort_unstable();
            percentile(times, 50)
        };
        let (again, anew) = (median(&mut self.again), median(&mut self.anew));
        row(&format!("{WHAT}: outlook after one more need"), &again, &format!("begun anew {anew}"));
        let mut step = |name| self.steps.get_mut(name).map(median).unwrap_or_default();
        let beside = format!("solved anew {}", step("solved"));
        row(&format!("{WHAT}: of that, the plan mended"), &step("mended"), &beside);
        let (ordered, matched) = (step("ordered"), step("matched"));
        let beside = format!("ordered {ordered}, matched {matched}");
        row(&format!("{WHAT}: of that, the state held and copied"), &step("copied"), &beside);
        let ask = |unit| self.runtime.block_on(self.hosted.outlook_for(Id::new(1), Id::new(unit)));
        let told = (1..=UNITS).map(|unit| {
            let (told, took) = timed(|| ask(unit));
            told.map(|_| took)
        });
        let mut told = told.collect::<Result<Vec<_>, _>>()?;
        row(&format!("{WHAT}: what it means for a unit"), &median(&mut told), "");
        Ok(())
    }
}
