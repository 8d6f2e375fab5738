use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use circuits::{Living, Plan};
use federation::rows::{Phase, Round, Unit};
use federation::{Federation, Foreseen, Id, Problem};
use tokio::sync::OwnedMutexGuard;

use crate::answers::Solved;
use crate::{Failed, Hosted, Outlook, Told};

/// The outlooks of a federation's open round: the last one, and what the next one is made from.
#[derive(Debug, Default)]
pub(crate) struct Outlooks {
    /// One thing is worked out at a time; whoever does it holds this.
    desk: Arc<tokio::sync::Mutex<Desk>>,
    last: Mutex<Option<Arc<Outlook>>>,
    pace: Mutex<Pace>,
}

/// How fast outlooks come.
#[derive(Debug, Clone, Copy, Default)]
struct Pace {
    /// No other outlook is begun before, so that readers cannot keep the node busy with nothing else.
    rests_until: Option<Instant>,
    /// How long the last outlook took.
    outlook: Duration,
    /// How long it took to find out what one means for a unit.
    telling: Duration,
}

/// What stays from one outlook to the next.
#[derive(Default)]
struct Desk {
    /// The round, kept solved.
    living: Option<(Id<Round>, Living)>,
}

impl fmt::Debug for Desk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let living = self.living.as_ref().map(|(round, _)| round);
        f.debug_struct("Desk").field("living", &living).finish()
    }
}

/// How many times as long as the last outlook took beyond what is quick the node rests before it
/// begins another.
const RESTS: u32 = 4;

/// What it takes no rest for.
const QUICK: Duration = Duration::from_millis(100);

/// The longest rest.
const REST_MOST: Duration = Duration::from_secs(10);

/// What a page shows of an outlook that it does not wait for.
#[derive(Debug, Clone, Default)]
pub struct Ahead {
    /// The last outlook; none if there is none yet.
    pub outlook: Option<Arc<Outlook>>,
    /// What it means for the unit that was asked about.
    pub told: Option<Arc<Told>>,
    /// Whether a newer one, or what it means, is being worked out.
    pub waits: bool,
}

impl Hosted {
    /// The outlook of an open round, which takes in all entries that there are now. Refused when
    /// the round takes no more offers and needs.
    pub async fn outlook(self: &Arc<Self>, round: Id<Round>) -> Result<Arc<Outlook>, Failed> {
        let wanted = self.read(Federation::size)?;
        if let Some(last) = self.fitting_outlook(round, wanted) {
            return Ok(last);
        }
        // Whoever stops waiting finds it done the next time.
        let working = tokio::spawn(self.clone().next_outlook(round, wanted));
        working.await.map_err(Failed::fault)?
    }

    /// The first outlook that takes in so many entries, when it is its turn and the node has rested.
    async fn next_outlook(
        self: Arc<Self>,
        round: Id<Round>,
        wanted: u64,
    ) -> Result<Arc<Outlook>, Failed> {
        loop {
            let desk = self.outlooks.desk.clone().lock_owned().await;
            if let Some(last) = self.fitting_outlook(round, wanted) {
                return Ok(last);
            }
            let rests_until = self.outlooks.pace().rests_until;
            match rests_until.filter(|&until| until > Instant::now()) {
                None => {
                    let working = move || self.look_ahead(desk, round);
                    return tokio::task::spawn_blocking(working).await.map_err(Failed::fault)?;
                }
                Some(until) => {
                    drop(desk);
                    tokio::time::sleep_until(until.into()).await;
                }
            }
        }
    }

    /// What the outlook of an open round means for a unit; none if it takes no part in rounds.
    pub async fn outlook_for(
        self: &Arc<Self>,
        round: Id<Round>,
        unit: Id<Unit>,
    ) -> Result<(Arc<Outlook>, Option<Arc<Told>>), Failed> {
        let outlook = self.outlook(round).await?;
        let told = outlook.told_before(unit);
        if told.is_some() || !outlook.has(unit) {
            return Ok((outlook, told));
        }
        let desk = self.outlooks.desk.clone().lock_owned().await;
        let hosted = self.clone();
        let telling = move || {
            let _desk = desk;
            let begun = Instant::now();
            let told = outlook.tell(&hosted, unit)?;
            hosted.outlooks.pace().telling = begun.elapsed();
            Ok((outlook, told))
        };
        tokio::task::spawn_blocking(telling).await.map_err(Failed::fault)?
    }

    /// As [`Hosted::outlook_for`], but after so long it gives what there was before, and the work
    /// goes on behind it. It does not even wait if there was something before and the last time was not quick.
    pub async fn outlook_within(
        self: &Arc<Self>,
        (round, unit): (Id<Round>, Option<Id<Unit>>),
        time: Duration,
    ) -> Result<Ahead, Failed> {
        let before = self.outlook_before(round, unit);
        let needed = self.needs(&before, unit)?;
        if needed.is_zero() {
            return Ok(before);
        }
        let time = if before.outlook.is_some() { worth_waiting(needed, time) } else { time };
        let hosted = self.clone();
        let working = tokio::spawn(async move {
            match unit {
                Some(unit) => hosted.outlook_for(round, unit).await,
                None => Ok((hosted.outlook(round).await?, None)),
            }
        });
        if let Ok(done) = tokio::time::timeout(time, working).await {
            let (outlook, told) = done.map_err(Failed::fault)??;
            return Ok(Ahead { outlook: Some(outlook), told, waits: false });
        }
        Ok(Ahead { waits: true, ..self.outlook_before(round, unit) })
    }

    /// What there is already.
    fn outlook_before(&self, round: Id<Round>, unit: Option<Id<Unit>>) -> Ahead {
        let outlook = self.fitting_outlook(round, 0);
        let told = outlook.as_ref().zip(unit).and_then(|(last, unit)| last.told_before(unit));
        Ahead { outlook, told, waits: false }
    }

    /// How long what is still to be worked out took the last time, with what is left of the rest;
    /// nought if nothing is to be worked out.
    fn needs(&self, before: &Ahead, unit: Option<Id<Unit>>) -> Result<Duration, Failed> {
        let newest = self.read(Federation::size)?;
        let pace = *self.outlooks.pace();
        let rest = pace.rests_until.map(|until| until.saturating_duration_since(Instant::now()));
        let least = Duration::from_nanos(1);
        let telling = unit.map_or(Duration::ZERO, |_| pace.telling.max(least));
        Ok(match &before.outlook {
            Some(last) if last.entries >= newest => {
                let is_told = unit.is_none_or(|unit| before.told.is_some() || !last.has(unit));
                if is_told { Duration::ZERO } else { telling }
            }
            _ => rest.unwrap_or_default() + pace.outlook.max(least) + telling,
        })
    }

    /// The last outlook, if it is of this round and takes in so many entries.
    fn fitting_outlook(&self, round: Id<Round>, entries: u64) -> Option<Arc<Outlook>> {
        let last = self.outlooks.last.lock().unwrap_or_else(PoisonError::into_inner);
        last.clone().filter(|last| last.round == round && last.entries >= entries)
    }

    /// Works out the outlook of a round. What stands is looked at for as long as it is copied;
    /// ordering it into a problem and solving that keep nobody waiting.
    fn look_ahead(
        &self,
        mut desk: OwnedMutexGuard<Desk>,
        round: Id<Round>,
    ) -> Result<Arc<Outlook>, Failed> {
        let begun = Instant::now();
        let outlook = Arc::new(desk.look_ahead(self, round)?);
        let (now, took) = (Instant::now(), begun.elapsed());
        let rests_until = Some(now + (took.saturating_sub(QUICK) * RESTS).min(REST_MOST));
        let mut pace = self.outlooks.pace();
        (pace.rests_until, pace.outlook) = (rests_until, took);
        drop(pace);
        let mut last = self.outlooks.last.lock().unwrap_or_else(PoisonError::into_inner);
        *last = Some(outlook.clone());
        Ok(outlook)
    }

    /// Gives back the memory of outlooks, if their round takes no more offers and needs.
    pub(crate) fn forget_outlooks(&self) -> Result<(), Failed> {
        let Ok(mut desk) = self.outlooks.desk.try_lock() else { return Ok(()) };
        let Some((round, _)) = desk.living else { return Ok(()) };
        let is_open = |row: &Round| matches!(row.phase, Phase::Open { .. });
        if !self.read(|state| state.round(round).is_ok_and(is_open))? {
            *desk = Desk::default();
            *self.outlooks.last.lock().unwrap_or_else(PoisonError::into_inner) = None;
        }
        Ok(())
    }
}

impl Outlooks {
    fn pace(&self) -> MutexGuard<'_, Pace> {
        self.pace.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Desk {
    fn look_ahead(&mut self, hosted: &Hosted, round: Id<Round>) -> Result<Outlook, Failed> {
        let (foreseen, next_wish) = hosted.read(|state| {
            let count = u32::try_from(state.wishes().len()).unwrap_or(u32::MAX);
            (state.foreseen(round), Id::new(count.saturating_add(1)))
        })?;
        let Foreseen { inputs, closes, request, units, versions } = foreseen?;
        let problem = circuits::Round::try_new(request).map_err(Failed::fault)?;
        let (problem, plan) = self.solve(round, problem)?;
        let solved = Solved::new(Problem { round: problem, units, versions }, plan);
        Outlook::new(round, (inputs, closes), (hosted, solved), next_wish)
    }

    /// The plan of a round: what is in hand, mended where the round has changed.
    fn solve(
        &mut self,
        id: Id<Round>,
        round: circuits::Round,
    ) -> Result<(Arc<circuits::Round>, Arc<Plan>), Failed> {
        let kept = self.living.take().filter(|(of, _)| *of == id);
        let living = match kept {
            Some((_, living)) if **living.round() == round => living,
            Some((_, mut living)) => {
                living.change(round).map_err(Failed::fault)?;
                living
            }
            None => Living::new(round).map_err(Failed::fault)?,
        };
        let solved = (living.round().clone(), living.plan().clone());
        self.living = Some((id, living));
        Ok(solved)
    }
}

/// How long to wait for something newer than there is: as long as there is time for what is quick, else
/// not at all.
fn worth_waiting(needed: Duration, time: Duration) -> Duration {
    if needed <= time.min(QUICK) { time } else { Duration::ZERO }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Node;

    #[test]
    fn a_newer_outlook_is_waited_for_only_if_it_is_quick_and_there_is_time() {
        let [short, quick, long] = [10, 90, 232].map(Duration::from_millis);
        assert_eq!(worth_waiting(quick, long), long);
        assert_eq!(worth_waiting(long, 2 * long), Duration::ZERO);
        assert_eq!(worth_waiting(quick, short), Duration::ZERO);
    }

    /// Long enough for whatever is there already.
    const SHORT: Duration = Duration::from_millis(20);

    #[tokio::test]
    async fn nobody_waits_long_for_an_outlook_and_it_is_forgotten_when_its_round_closes() {
        let directory = std::env::temp_dir().join(format!("artel-outlook-{}", std::process::id()));
        let node = Node::open_demo(&directory).unwrap();
        let hosted = node.host_sample().unwrap();
        let round = hosted.read(|state| state.rounds().next_back().unwrap().0).unwrap();
        let unit = Some(Id::new(1));
        let desk = || hosted.outlooks.desk.clone().lock_owned();

        let busy = desk().await;
        let ahead = hosted.outlook_within((round, None), SHORT).await.unwrap();
        assert!(ahead.outlook.is_none() && ahead.waits);
        drop(busy);
        let outlook = hosted.outlook(round).await.unwrap();

        let busy = desk().await;
        let ahead = hosted.outlook_within((round, None), SHORT).await.unwrap();
        assert!(ahead.outlook.is_some_and(|last| Arc::ptr_eq(&last, &outlook)) && !ahead.waits);
        let ahead = hosted.outlook_within((round, unit), SHORT).await.unwrap();
        assert!(ahead.outlook.is_some() && ahead.told.is_none() && ahead.waits);
        drop(busy);
        let (_, told) = hosted.outlook_for(round, Id::new(1)).await.unwrap();
        let busy = desk().await;
        let ahead = hosted.outlook_within((round, unit), SHORT).await.unwrap();
        assert!(Arc::ptr_eq(&told.unwrap(), &ahead.told.unwrap()) && !ahead.waits);
        assert!(busy.living.is_some());
        drop(busy);

        node.clock().pass(7 * 86_400);
        node.tend(&hosted).await.unwrap();
        node.tend(&hosted).await.unwrap();
        assert!(desk().await.living.is_none());
        assert!(hosted.fitting_outlook(round, 0).is_none());
        std::fs::remove_dir_all(directory).unwrap();
    }
}
