use std::sync::{Mutex, PoisonError};

use circuits::StageName;
use federation::Id;
use federation::rows::Round;

/// How far the plan of a round is that is being worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Which round.
    pub round: Id<Round>,
    /// How many stages are done.
    pub stages: u32,
    /// The last of them.
    pub last: Option<StageName>,
}

/// The plan that is being worked out, if one is. One is worked out at a time.
#[derive(Debug, Default)]
pub(crate) struct Solving {
    turn: Mutex<()>,
    now: Mutex<Option<Progress>>,
}

impl Solving {
    /// How far it is.
    pub(crate) fn progress(&self) -> Option<Progress> {
        *self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Works something out for a round, when it is its turn; `step` hears of each stage.
    pub(crate) fn work<R>(
        &self,
        round: Id<Round>,
        work: impl FnOnce(&mut dyn FnMut(StageName)) -> R,
    ) -> R {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        self.set(Some(Progress { round, stages: 0, last: None }));
        let mut stages = 0;
        let done = work(&mut |stage| {
            stages += 1;
            self.set(Some(Progress { round, stages, last: Some(stage) }));
        });
        self.set(None);
        done
    }

    fn set(&self, progress: Option<Progress>) {
        *self.now.lock().unwrap_or_else(PoisonError::into_inner) = progress;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stage_is_seen_while_a_plan_is_worked_out_and_nothing_afterwards() {
        let solving = Solving::default();
        let round = Id::new(3);
        let seen = solving.work(round, |step| {
            let before = solving.progress();
            step(StageName::Nearness);
            (before, solving.progress())
        });
        let last = Some(StageName::Nearness);
        assert_eq!(seen.0, Some(Progress { round, stages: 0, last: None }));
        assert_eq!(seen.1, Some(Progress { round, stages: 1, last }));
        assert_eq!(solving.progress(), None);
    }
}
