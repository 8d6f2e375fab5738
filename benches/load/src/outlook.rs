//! The outlook of an open round of 100,000 offers and needs: how long it takes the first time, and
//! again after one more need; beside beginning anew each time, in the same run.

use std::error::Error;
use std::sync::Arc;
use std::time::{Duration, Instant};

use federation::{Id, Problem};
use node::Hosted;
use record::Submission;

use crate::figures::{percentile, row, timed};
use crate::round::while_read;

/// How many more needs come, one after the other.
const MORE: usize = 10;

/// How many units are told what an outlook means for them.
const UNITS: u32 = 5;

pub(crate) fn measure(
    hosted: &Arc<Hosted>,
    pages: (&str, &[String]),
    before: &str,
    mut need: impl FnMut() -> Result<Submission, Box<dyn Error>>,
) -> Result<(), Box<dyn Error>> {
    let runtime = tokio::runtime::Runtime::new()?;
    let outlook = || runtime.block_on(hosted.outlook(Id::new(1)));
    let (first, mut took) = timed(outlook);
    first?;
    let what = "an open round of 100 000 offers and needs";
    row(&format!("{what}: outlook, the first time"), &percentile(&[took], 50), "");
    let (mut again, mut anew, mut copied) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..MORE {
        hosted.submit_and_wait(need()?)?;
        // The node rests after it has worked; that is not what is measured.
        std::thread::sleep(took * 4 + Duration::from_millis(50));
        let (new, time) = timed(outlook);
        let new = new?;
        took = time;
        again.push(time);
        let ((anew_deliveries, copying), time) = timed(|| begun_anew(hosted));
        anew.push(time);
        copied.push(copying);
        if anew_deliveries? != new.deliveries {
            return Err("an outlook is not what beginning anew comes to".into());
        }
    }
    for times in [&mut again, &mut anew, &mut copied] {
        times.sort_unstable();
    }
    let beside = format!(
        "begun anew {}; longest {} and {}",
        percentile(&anew, 50),
        percentile(&again, 100),
        percentile(&anew, 100)
    );
    row(&format!("{what}: outlook after one more need"), &percentile(&again, 50), &beside);
    let copying = percentile(&copied, 50);
    row(&format!("{what}: of that, the state is held for"), &copying, "");
    let told = (1..=UNITS).map(|unit| {
        let (told, time) =
            timed(|| runtime.block_on(hosted.outlook_for(Id::new(1), Id::new(unit))));
        told.map(|_| time)
    });
    let mut told = told.collect::<Result<Vec<_>, _>>()?;
    told.sort_unstable();
    row(&format!("{what}: what it means for a unit"), &percentile(&told, 50), "");
    let submissions = (0..MORE).map(|_| need()).collect::<Result<Vec<_>, _>>()?;
    while_read(pages, ("outlook after each of ten more needs", before), || {
        let each = submissions.into_iter().try_for_each(|submission| {
            hosted.submit_and_wait(submission)?;
            runtime.block_on(hosted.outlook(Id::new(1))).map(drop)
        });
        each.map_err(|why| why.to_string())
    })
}

/// The outlook without anything in hand, and how long the state was held for it.
fn begun_anew(hosted: &Hosted) -> (Result<Vec<federation::Matched>, Box<dyn Error>>, Duration) {
    let begun = Instant::now();
    let foreseen = hosted.read(|state| state.foreseen(Id::new(1)));
    let copied = begun.elapsed();
    let deliveries = || {
        let foreseen = foreseen??;
        let problem = circuits::Round::try_new(foreseen.request)?;
        let plan = circuits::solve(&problem)?;
        let (units, versions) = (foreseen.units, foreseen.versions);
        Ok(Problem { round: problem.into(), units, versions }.matched(&plan))
    };
    (deliveries(), copied)
}
