use std::collections::{BTreeMap, BTreeSet};

use super::Author;
use crate::rows::{
    About, Agreed, Claim, Conflict, Due, Resource, Settled, Settlement, Stage, Unit, Way, WayOut,
};
use crate::{Days, Federation, Id, Prose, Refusal, Time};

/// How long the parties talk, how long mediators write, and how long members weigh options.
const STAGE_DAYS: Days = crate::fixed::CONFLICT_STAGE;

/// How long a result lasts before it is looked at again.
const RESULT_DAYS: Days = crate::fixed::CONFLICT_RESULT;

impl Federation {
    /// A claim that overlaps with others opens a conflict by itself, or joins the running one.
    pub(crate) fn contest(&mut self, author: Author, id: Id<Claim>) -> Result<(), Refusal> {
        let claim = self.claim(id)?;
        let resource = claim.resource;
        let mut parties: BTreeSet<Id<Unit>> =
            self.standing_claims(resource).filter(|o| claim.overlaps(o)).map(|o| o.unit).collect();
        if parties.is_empty() {
            return Ok(());
        }
        parties.insert(claim.unit);
        let unit = claim.unit;
        if self.take_up(resource, &parties) {
            return Ok(());
        }
        let Some(running) = self.conflict_over(resource) else {
            let id = self.open_conflict(
                (author, unit),
                About::Resource(resource),
                parties,
                Prose::default(),
            );
            self.resources.row_mut(resource)?.conflicts.push(id);
            return Ok(());
        };
        let row = self.conflicts.row_mut(running)?;
        let others_come = !parties.is_subset(&row.have_been);
        row.have_been.extend(parties.iter().copied());
        row.parties.extend(parties);
        if others_come && matches!(row.stage, Stage::Settled { .. }) {
            self.begin_talks(running, self.begins(author.at));
        }
        Ok(())
    }

    pub(crate) fn open_conflict(
        &mut self,
        (author, unit): (Author, Id<Unit>),
        about: About,
        parties: BTreeSet<Id<Unit>>,
        why: Prose,
    ) -> Id<Conflict> {
        let since = self.begins(author.at);
        let conflict = Conflict {
            about,
            have_been: parties.clone(),
            left_off: None,
            parties,
            why,
            by: author.person,
            unit,
            since,
            stage: Stage::Over { at: since },
            mediators: Vec::new(),
            options: Vec::new(),
            weighed: BTreeMap::new(),
            texts: Vec::new(),
            settlement: None,
            polls: Vec::new(),
        };
        let id = self.conflicts.add(author.made_by, 0, conflict);
        self.conflicts_about.insert((about, id));
        self.begin_talks(id, since);
        id
    }

    /// Begins a conflict, or begins it again when its result is looked at; the result stays in force
    /// until there is another.
    fn begin_talks(&mut self, id: Id<Conflict>, from: Time) {
        let Ok(row) = self.conflicts.row_mut(id) else { return };
        let always = |&way: &Way| WayOut { way, by: None, text: Prose::default(), turns: None };
        row.options = row.about.standing().iter().map(always).collect();
        row.have_been.clone_from(&row.parties);
        row.mediators.clear();
        row.weighed.clear();
        row.texts.clear();
        let until = from.plus_days(STAGE_DAYS);
        self.set_stage(id, Stage::Talks { until }, Some(until));
    }

    /// Puts a conflict on, and what ends that into the calendar.
    pub(crate) fn set_stage(&mut self, id: Id<Conflict>, stage: Stage, until: Option<Time>) {
        let Ok(row) = self.conflicts.row_mut(id) else { return };
        row.stage = stage;
        if let Some(until) = until {
            self.calendar.insert((until, Due::ConflictStageEnds(id)));
        }
    }

    /// A stage is over. What the calendar holds from a stage that ended otherwise means nothing any
    /// more.
    pub(crate) fn end_conflict_stage(&mut self, id: Id<Conflict>, at: Time) {
        let Ok(row) = self.conflict(id) else { return };
        let ended = row.stage.clone();
        let until = match ended {
            Stage::Talks { until }
            | Stage::Mediation { until }
            | Stage::Weighing { until }
            | Stage::Settled { until } => until,
            Stage::Voting { .. } | Stage::Over { .. } => return,
        };
        if until != at {
            return;
        }
        if let About::Resource(resource) = row.about {
            self.look_at_claims(resource);
        }
        // Where a claim was over, those who are left may have settled it by that.
        if self.conflict(id).map(|row| &row.stage) != Ok(&ended) {
            return;
        }
        let next = self.testified.plus_days(STAGE_DAYS);
        match ended {
            Stage::Talks { .. } => {
                self.draw_mediators(id);
                self.set_stage(id, Stage::Mediation { until: next }, Some(next));
            }
            Stage::Mediation { .. } => {
                self.set_stage(id, Stage::Weighing { until: next }, Some(next));
            }
            Stage::Weighing { .. } => self.end_weighing(id),
            Stage::Settled { .. } => self.look_again(id),
            Stage::Voting { .. } | Stage::Over { .. } => {}
        }
    }

    /// After at most a year a result is looked at again: over a resource that several still claim,
    /// the parties talk anew; a dispute is over.
    fn look_again(&mut self, id: Id<Conflict>) {
        let from = self.testified;
        match self.conflict(id).map(|row| row.about) {
            Ok(About::Resource(_)) => self.begin_talks(id, from),
            _ => self.set_stage(id, Stage::Over { at: from }, None),
        }
    }

    /// Something holds from now on, for a year at most.
    pub(crate) fn settle_conflict(&mut self, id: Id<Conflict>, agreed: Agreed, how: Settled) {
        let at = self.testified;
        let until = at.plus_days(RESULT_DAYS);
        if let Ok(row) = self.conflicts.row_mut(id) {
            row.settlement = Some(Settlement { agreed, how, at, until });
            row.texts.clear();
        }
        self.set_stage(id, Stage::Settled { until }, Some(until));
    }

    /// The claims to a resource that stand, first made first.
    pub(crate) fn standing_claims(&self, id: Id<Resource>) -> impl Iterator<Item = &Claim> {
        let claims = self.resource(id).map(|row| row.claims.as_slice()).unwrap_or_default();
        let claims = claims.iter().filter_map(|&claim| self.claim(claim).ok());
        claims.filter(|claim| self.claim_stands(claim))
    }

    /// The units whose standing claims overlap with another's, in the order of their claims.
    pub(crate) fn contestants(&self, id: Id<Resource>) -> Vec<Id<Unit>> {
        let standing: Vec<&Claim> = self.standing_claims(id).collect();
        let mut units: Vec<Id<Unit>> = Vec::new();
        for claim in &standing {
            if !units.contains(&claim.unit) && standing.iter().any(|other| claim.overlaps(other)) {
                units.push(claim.unit);
            }
        }
        units
    }

    /// The conflict over a resource that is running or settled, if there is one.
    pub fn conflict_over(&self, id: Id<Resource>) -> Option<Id<Conflict>> {
        let last = self.resource(id).ok()?.conflicts.last().copied()?;
        (!self.conflict(last).ok()?.is_over()).then_some(last)
    }

    /// Looks again at who is a party to the conflict over a resource, after a claim has ended: where
    /// fewer than two are left, nothing is left to settle.
    pub(crate) fn look_at_claims(&mut self, resource: Id<Resource>) {
        let Some(id) = self.conflict_over(resource) else { return };
        let left: BTreeSet<Id<Unit>> = self.contestants(resource).into_iter().collect();
        self.keep_parties(id, &left);
    }

    /// A unit that leaves is a party to nothing any more.
    pub(crate) fn leave_conflicts(&mut self, unit: Id<Unit>) {
        let of_unit: Vec<(Id<Conflict>, BTreeSet<Id<Unit>>)> = self
            .conflicts()
            .filter(|(_, row)| !row.is_over() && row.parties.contains(&unit))
            .map(|(id, row)| (id, row.parties.iter().copied().filter(|&p| p != unit).collect()))
            .collect();
        for (id, left) in of_unit {
            self.keep_parties(id, &left);
        }
    }

    /// Whoever lets go and claims again finds the conflict where they left it, with as much time as
    /// was left: letting go puts an end to nothing but one's own claim. For a year, and between those
    /// who were its parties; others begin anew.
    fn take_up(&mut self, resource: Id<Resource>, parties: &BTreeSet<Id<Unit>>) -> bool {
        let last = self.resource(resource).ok().and_then(|row| row.conflicts.last().copied());
        let now = self.testified;
        let Some(Ok(row)) = last.map(|id| self.conflicts.row_mut(id)) else { return false };
        let Stage::Over { at } = row.stage else { return false };
        let known = parties.is_subset(&row.have_been) && now <= at.plus_days(RESULT_DAYS);
        let Some(stage) = row.left_off.take_if(|_| known) else { return false };
        row.parties.clone_from(parties);
        let left = |until: Time| now.plus_seconds((until.seconds() - at.seconds()).max(0));
        let (stage, until) = match stage {
            Stage::Talks { until } => (Stage::Talks { until: left(until) }, Some(left(until))),
            Stage::Mediation { until } => {
                (Stage::Mediation { until: left(until) }, Some(left(until)))
            }
            Stage::Weighing { until } => {
                (Stage::Weighing { until: left(until) }, Some(left(until)))
            }
            // A result holds until the day that it was given.
            Stage::Settled { until } => (stage, Some(until)),
            Stage::Voting { .. } | Stage::Over { .. } => (stage, None),
        };
        if let Some(id) = last {
            self.go_on(id, stage, until);
        }
        true
    }

    /// A conflict goes on; where its poll has closed meanwhile, with what that decided.
    fn go_on(&mut self, id: Id<Conflict>, stage: Stage, until: Option<Time>) {
        let poll = match stage {
            Stage::Voting { proposal, .. } => Some(proposal),
            _ => None,
        };
        self.set_stage(id, stage, until);
        if let Some(proposal) = poll
            && self.proposal(proposal).is_ok_and(|row| !row.is_open())
        {
            self.use_decided(proposal);
        }
    }

    /// Keeps those parties that are among these; a text that all of them have signed then settles
    /// the conflict.
    fn keep_parties(&mut self, id: Id<Conflict>, left: &BTreeSet<Id<Unit>>) {
        let at = self.testified;
        let Ok(row) = self.conflicts.row_mut(id) else { return };
        let before = row.parties.len();
        row.parties.retain(|party| left.contains(party));
        if row.parties.len() == before {
            return;
        }
        if row.parties.len() < 2 {
            if !row.is_over() {
                row.left_off = Some(row.stage.clone());
            }
            self.set_stage(id, Stage::Over { at }, None);
        } else if row.is_open() {
            self.settle_if_signed(id);
        }
    }

    /// Settles a conflict by the first text that all its parties have signed, if there is one.
    pub(crate) fn settle_if_signed(&mut self, id: Id<Conflict>) -> bool {
        let Ok(row) = self.conflict(id) else { return false };
        let signed = row.texts.iter().find(|(_, signed)| row.parties.is_subset(signed));
        match signed.map(|(agreed, _)| agreed.clone()) {
            Some(agreed) => {
                self.settle_conflict(id, agreed, Settled::Signed);
                true
            }
            None => false,
        }
    }
}
