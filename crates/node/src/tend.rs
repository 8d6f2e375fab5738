use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use federation::act::{CloseRound, PlanAct};
use federation::rows::{Phase, Progress, Round, Status, Unit};
use federation::{Act, AnnexId, Days, Federation, Id, Time};
use sha2::{Digest, Sha256};

use crate::{Failed, Hosted, KeptKey, Keys, Node, Saying};

/// What is due in a federation, so that it goes on although nobody thinks of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// A period is over by the clock, and enough units are to say so.
    Time,
    /// The calendar's next round can be opened.
    Open,
    /// What a round waits for is over.
    Close(Id<Round>),
    /// A round waits for its plan.
    Plan(Id<Round>),
}

/// More steps than a round has, so that tending always ends.
const STEPS_MAX: usize = 24;

/// How many units vouch for a time.
const VOUCHING: usize = 3;

impl Due {
    /// The next thing due, by this clock.
    pub fn find(state: &Federation, now: Time) -> Option<Self> {
        let over = |until: Time, then: Self| match (until <= state.testified(), until <= now) {
            (true, _) => Some(then),
            (false, true) => Some(Self::Time),
            (false, false) => None,
        };
        let in_round = match state.rounds().next_back() {
            Some((id, round)) if round.phase != Phase::Finished => match round.phase {
                Phase::Open { until } => over(until, Self::Close(id)),
                Phase::Answering { until, .. } => match state.all_answered(id) {
                    Ok(true) => Some(Self::Close(id)),
                    _ => over(until, Self::Close(id)),
                },
                _ => Some(Self::Plan(id)),
            },
            _ => state.next_round_due().and_then(|due| over(due, Self::Open)),
        };
        let waits = || is_answer_due(state, now) || is_calendar_due(state, now);
        in_round.or_else(|| waits().then_some(Self::Time))
    }
}

/// Whether the calendar has something due by the clock that is not so by testimony yet.
fn is_calendar_due(state: &Federation, now: Time) -> bool {
    state.calendar().next().is_some_and(|(at, _)| at < now)
}

/// Whether somebody's time to answer is over by the clock and not yet by testimony.
fn is_answer_due(state: &Federation, now: Time) -> bool {
    let over = |until: Time| until <= now && until > state.testified();
    state.contracts().any(|(_, contract)| match contract.status {
        Status::Proposed { answer_by, .. } => over(answer_by),
        _ if contract.unanswered.is_zero() => false,
        _ => contract.deliveries.iter().any(|&id| {
            match state.delivery(id).map(|row| &row.progress) {
                Ok(Progress::Receipted { at }) => over(at.plus_days(Days(7))),
                _ => false,
            }
        }),
    })
}

/// How long the node lets pass before it looks again.
const BETWEEN: Duration = Duration::from_secs(30);

/// How long a page waits for what is being worked out, such as the steps that are due; that goes on
/// behind it.
pub const PAGE_WAITS: Duration = Duration::from_millis(400);

impl Node {
    /// Takes the steps that are due, if a member is looking. What takes longer than a page may
    /// goes on behind it; what fails is due again at the next visit.
    pub async fn tend_if_member(&self, hosted: &Arc<Hosted>, is_member: bool) {
        if is_member {
            let _ = tokio::time::timeout(PAGE_WAITS, self.tend(hosted)).await;
        }
    }
}

impl Node {
    /// Looks after all federations from time to time, also while nobody reads; it never ends. What
    /// fails is due again the next time.
    pub async fn keep_tending(self: Arc<Self>) {
        let mut ticks = tokio::time::interval(BETWEEN);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            for hosted in self.federations() {
                let _ = self.tend(&hosted).await;
            }
        }
    }

    /// Takes the steps that are due in a federation, with the keys of those who let the node.
    pub async fn tend(&self, hosted: &Arc<Hosted>) -> Result<usize, Failed> {
        hosted.forget_outlooks()?;
        let now = self.clock().now();
        if hosted.read(|state| Due::find(state, now))?.is_none() {
            return Ok(0);
        }
        let keys = self.keys().tending(hosted.id())?;
        let hosted = hosted.clone();
        let tended = tokio::task::spawn_blocking(move || hosted.tend(&keys));
        tended.await.map_err(Failed::fault)?
    }
}

impl Hosted {
    /// Takes the steps that are due with these keys; says how many. Nothing if it is being done.
    pub fn tend(&self, keys: &[KeptKey]) -> Result<usize, Failed> {
        let Some(_turn) = self.turn() else { return Ok(0) };
        let mut steps = 0;
        while steps < STEPS_MAX {
            let now = self.clock.now();
            let Some(due) = self.read(|state| Due::find(state, now))? else { break };
            if !self.step(due, keys)? {
                break;
            }
            steps += 1;
        }
        Ok(steps)
    }

    /// Takes one step; says whether it brought things on.
    fn step(&self, due: Due, keys: &[KeptKey]) -> Result<bool, Failed> {
        if due == Due::Time {
            return self.attest(keys);
        }
        let member = self.read(|state| {
            keys.iter().find(|key| unit_of(state, key).is_some_and(|(_, unit)| unit.is_in()))
        })?;
        let Some(key) = member else { return Ok(false) };
        let saying = match due {
            Due::Time => return Ok(false),
            Due::Open => Act::OpenRound {}.into(),
            Due::Close(id) => self.closing(id)?,
            Due::Plan(id) => match self.work_out(id) {
                Ok(plan) => plan,
                Err(failed) => return self.give_up(id, (key, keys), failed),
            },
        };
        self.say_and_wait(key, saying)?;
        Ok(true)
    }

    fn closing(&self, id: Id<Round>) -> Result<Saying, Failed> {
        let round = self.read(|state| state.round_ref(id))?;
        let round = round.ok_or_else(|| Failed::missing(format!("there is no round {id}")))?;
        Ok(Act::CloseRound(CloseRound { round }).into())
    }

    /// A round that cannot be solved is over when it has waited long enough for its plan.
    fn give_up(
        &self,
        id: Id<Round>,
        (key, keys): (&KeptKey, &[KeptKey]),
        failed: Failed,
    ) -> Result<bool, Failed> {
        let now = self.clock.now();
        let (until, testified) = self.read(|state| (state.solve_until(id), state.testified()))?;
        match until.filter(|until| *until <= now) {
            None => Err(failed),
            Some(until) if until > testified => self.attest(keys),
            Some(_) => {
                self.say_and_wait(key, self.closing(id)?)?;
                Ok(true)
            }
        }
    }

    /// Works out the plan that a round waits for.
    pub fn work_out(&self, id: Id<Round>) -> Result<Saying, Failed> {
        let (annex, round) = self.solving.work(id, |step| {
            // The state is looked at for as long as the wishes are copied; ordering them into a
            // problem and solving it keep nobody waiting.
            let (request, round) = self.read(|state| (state.request(id), state.round_ref(id)))?;
            let (request, Some(round)) = (request?, round) else {
                return Err(Failed::missing(format!("there is no round {id}")));
            };
            let problem = circuits::Round::try_new(request).map_err(Failed::fault)?;
            let mut solving = circuits::Solving::new(&problem);
            while let Some(stage) = solving.next_stage().map_err(Failed::fault)? {
                step(stage);
            }
            Ok((solving.plan().to_bytes(), round))
        })?;
        let name = AnnexId(Sha256::digest(&annex).into());
        let act = Act::Plan(PlanAct { round, annex: name });
        Ok(Saying { annex: Some(annex), ..act.into() })
    }

    /// Lets as many units as are needed say what time it is.
    fn attest(&self, keys: &[KeptKey]) -> Result<bool, Failed> {
        let before = self.read(Federation::testified)?;
        let witnesses = self.read(|state| witnesses(state, keys))?;
        for key in witnesses {
            self.say_and_wait(key, Act::AttestTime {}.into())?;
        }
        Ok(self.read(Federation::testified)? > before)
    }
}

/// One key each of as many units as vouch for a time; the host's own unit comes last.
fn witnesses<'a>(state: &Federation, keys: &'a [KeptKey]) -> Vec<&'a KeptKey> {
    let host = state.host().and_then(|host| state.person(host).ok()?.unit);
    let mut units = BTreeSet::new();
    let mut found: Vec<(bool, &KeptKey)> = Vec::new();
    for key in keys {
        if let Some((id, unit)) = unit_of(state, key)
            && unit.is_enrolled()
            && units.insert(id)
        {
            found.push((Some(id) == host, key));
        }
    }
    found.sort_by_key(|&(is_host, _)| is_host);
    found.into_iter().take(VOUCHING).map(|(_, key)| key).collect()
}

fn unit_of<'a>(state: &'a Federation, key: &KeptKey) -> Option<(Id<Unit>, &'a Unit)> {
    let row = state.key(key.public()).filter(|row| row.revoked.is_none())?;
    let unit = state.person(row.person).ok()?.unit?;
    Some((unit, state.unit(unit).ok()?))
}

impl Keys {
    /// Whether the node can take due steps in a federation at all.
    pub fn can_tend(&self, hosted: &Hosted) -> Result<bool, Failed> {
        Ok(!self.tending(hosted.id())?.is_empty())
    }
}
