//! Living rounds: solved again and again while they change, from the plan in hand.
//!
//! All stages after the floors at once. The plan is kept laid along its round (`laid`): its flow on
//! `pieces`, the arcs cut where a second more is worth less; and the potentials that prove it, as rows
//! with a number for each stage that are compared like words (`residual`). When the round has changed,
//! it is found out who and what is still there (`kin`), and what is not as it was is changed in place
//! (`mend`). Up to the few things that have changed, that is the best flow of all that leave the
//! same excesses and deficits; so the excesses are brought to the deficits without ever giving up that
//! nothing better leaves the same: by the dual simplex method (`pivots`) on a `forest` of ways that
//! cost nothing. In the end there is the one best plan, and the potentials prove every stage
//! (`found`).
//!
//! Nothing of the result depends on the plan in hand, only the time that it takes. What is unique
//! comes out the same, and what is looked at is counted, not timed: so whether solving from the
//! beginning is better is decided the same everywhere.

mod forest;
mod found;
mod kin;
mod laid;
mod lay;
mod mend;
mod pieces;
mod pivots;
mod residual;
mod star;

use std::sync::Arc;

use crate::plan::Plan;
use crate::round::Round;
use crate::stages::{Solving, Unsolved};
use laid::Laid;

/// A round with its plan, solved again in a fraction of the time when a few things have changed.
///
/// The plan is the one that [`crate::solve`] finds, flow by flow and level by level; its potentials may be
/// others that prove it as well.
pub struct Living {
    round: Arc<Round>,
    plan: Arc<Plan>,
    /// The plan laid along the round; none if it is too far from nought to reckon with.
    laid: Option<Laid>,
}

/// How a changed round was solved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Again {
    /// What was in hand was mended; only the floors were sought from the beginning.
    Mended,
    /// From the beginning: too little was left of the round, or something else is worth something now.
    Afresh,
}

impl Living {
    /// Solves a round from the beginning.
    pub fn new(round: Round) -> Result<Self, Unsolved> {
        let mut solving = Solving::new(&round);
        solving.pass_floors()?;
        let floored = solving.face().network.clone();
        while solving.next_stage()?.is_some() {}
        let plan = solving.plan();
        let laid = Laid::of(&floored, &plan);
        Ok(Self { round: Arc::new(round), plan: Arc::new(plan), laid })
    }

    /// The round as it is. Whoever keeps it has it as it was when the round changes.
    pub const fn round(&self) -> &Arc<Round> {
        &self.round
    }

    /// Its one best plan, with its proof; likewise.
    pub const fn plan(&self) -> &Arc<Plan> {
        &self.plan
    }

    /// Solves the round as it has become. It is to resemble the round as it was: the more they have in
    /// common, the sooner.
    pub fn change(&mut self, round: Round) -> Result<Again, Unsolved> {
        let mut solving = Solving::new(&round);
        solving.pass_floors()?;
        let Some(mut laid) = self.laid.take() else { return self.afresh(round) };
        match laid.mend(&self.round, &solving.face().network) {
            None => return self.afresh(round),
            Some(true) => {}
            Some(false) => {
                let network = solving.face().network.clone();
                while solving.next_stage()?.is_some() {}
                self.plan = Arc::new(solving.plan());
                self.laid = laid.read(&network, &self.plan).map(|()| laid);
                self.round = Arc::new(round);
                return Ok(Again::Afresh);
            }
        }
        let (passed, is_point) = laid.passed();
        laid.tell(&mut solving, (passed, is_point));
        while !is_point && solving.next_stage()?.is_some() {}
        let plan = solving.plan();
        self.laid = if laid.is_worn() { lay(&round, &plan)? } else { Some(laid) };
        (self.round, self.plan) = (Arc::new(round), Arc::new(plan));
        Ok(Again::Mended)
    }

    fn afresh(&mut self, round: Round) -> Result<Again, Unsolved> {
        *self = Self::new(round)?;
        Ok(Again::Afresh)
    }
}

/// Lays a plan along its round; not at all, if it is too far from nought to reckon with.
fn lay(round: &Round, plan: &Plan) -> Result<Option<Laid>, Unsolved> {
    let mut solving = Solving::new(round);
    solving.pass_floors()?;
    Ok(Laid::of(&solving.face().network, plan))
}
