use measure::Hours;

use super::Author;
use super::deliveries::ANSWER_DAYS;
use super::shares::{Portion, divided};
use crate::act::{AcceptContribution, Contribute, ReceiptContribution, RejectContribution};
use crate::rows::{Asked, Carried, Common, Contribution, Due, Progress, Subscription, Unit};
use crate::{Days, Effect, Federation, Id, Refusal, Time};

/// How long a contribution that nobody answers holds the shares of those who carry it.
const LAPSE_DAYS: Days = crate::fixed::CONTRIBUTION_LAPSE;

impl Federation {
    /// A unit delivers to a common: one delivery to all who subscribe, in their shares and within
    /// their room. What they cannot take waits until they can. From then on their shares are held,
    /// and those who are to accept it are drawn as soon as others have signed something later.
    pub(crate) fn contribute(
        &mut self,
        author: Author,
        act: &Contribute,
    ) -> Result<Effect, Refusal> {
        let giver = self.acting_unit(author.person)?;
        let common = self.find_common(act.common)?;
        let hours = self.worth_to(common, act)?;
        self.check_none_waits(common, giver)?;
        self.check_ceiling(giver, hours, act.ceiling)?;
        let since = self.begins(author.at);
        let shares = self.shares_in(common, giver, (hours, since))?;
        let contribution = Contribution {
            common,
            giver,
            quantity: act.quantity,
            shares: shares.clone(),
            since,
            note: act.note.clone(),
            progress: Progress::HandedOver,
            asked: Vec::new(),
            silent: Vec::new(),
            correction: None,
        };
        let id = self.contributions.add(author.made_by, 0, contribution);
        let row = self.commons.row_mut(common)?;
        row.contributions.push(id);
        for share in &shares {
            if let Some(subscription) = row.subscriptions.get_mut(&share.unit) {
                subscription.take(share.hours, since);
            }
        }
        self.hold_shares(&shares, Hours::plus)?;
        self.open_contributions.insert(id);
        self.calendar.insert((since, Due::Draw(id)));
        self.calendar.insert((since.plus_days(LAPSE_DAYS), Due::Lapses(id)));
        Ok(Effect::Contribution(id))
    }

    /// Whoever is not enrolled waits for the answer to one contribution before the next one holds
    /// hours of the same subscribers.
    fn check_none_waits(&self, common: Id<Common>, giver: Id<Unit>) -> Result<(), Refusal> {
        if self.unit(giver)?.is_enrolled() {
            return Ok(());
        }
        let waits = |row: &Contribution| row.common == common && row.giver == giver;
        match self.open_contributions().find(|(_, row)| waits(row)) {
            Some((id, _)) => Err(Refusal::ContributionWaits { contribution: id.number() }),
            None => Ok(()),
        }
    }

    /// Until when a contribution holds the shares of its subscribers: 14 days, in which nobody of them
    /// has answered it. With a receipt, or a yes of somebody drawn, 14 days beyond the seven after
    /// which the giver enters silence as acceptance.
    fn lapses(row: &Contribution) -> Time {
        match row.progress {
            Progress::Receipted { at } => at.plus_days(ANSWER_DAYS).plus_days(LAPSE_DAYS),
            _ if row.asked.iter().any(|asked| asked.accepted) => {
                row.since.plus_days(ANSWER_DAYS).plus_days(LAPSE_DAYS)
            }
            _ => row.since.plus_days(LAPSE_DAYS),
        }
    }

    /// A contribution that nobody has answered in time is void, and nothing counts: else whoever
    /// enters what was never delivered would hold the others' hours for ever.
    pub(crate) fn lapse_unanswered(&mut self, id: Id<Contribution>, at: Time) {
        let Ok(row) = self.contribution(id) else { return };
        if !row.is_open() {
            return;
        }
        let until = Self::lapses(row);
        if until > at {
            self.calendar.insert((until, Due::Lapses(id)));
            return;
        }
        // The rows that this goes through are there since the contribution was entered.
        self.let_go_of(id, Progress::Lapsed { at }).unwrap_or_default();
    }

    /// Nothing counts of a contribution, and its shares are free again.
    fn let_go_of(&mut self, id: Id<Contribution>, progress: Progress) -> Result<(), Refusal> {
        let row = self.contribution(id)?;
        let (giver, shares) = (row.giver, row.shares.clone());
        self.hold_shares(&shares, Hours::minus)?;
        self.give_back_shares(id, &shares)?;
        self.contributions.row_mut(id)?.progress = progress;
        self.open_contributions.remove(&id);
        self.run_off_shares(giver, &shares)
    }

    /// What the delivered quantity is worth under the common's version.
    fn worth_to(&self, common: Id<Common>, act: &Contribute) -> Result<Hours, Refusal> {
        let version = self.common(common)?.version;
        let specification = self.version(version)?.specification;
        self.check_not_retired(specification)?;
        let decimals = self.specification(specification)?.measure.decimals();
        let hours = self.value_of(version)?.worth(act.quantity, decimals);
        let hours = hours.ok_or(Refusal::TooLarge {})?;
        if hours.is_positive() { Ok(hours) } else { Err(Refusal::QuantityNought {}) }
    }

    /// What each subscriber can take at a moment: what is left of its hours, within its room.
    pub fn can_carry(&self, id: Id<Common>, at: Time) -> Vec<Carried> {
        let Ok(common) = self.common(id) else { return Vec::new() };
        let mut subscribed: Vec<_> = common.subscriptions.iter().collect();
        subscribed.sort_unstable_by_key(|(_, subscription)| subscription.order);
        let can = |(&unit, subscription): (&Id<Unit>, &Subscription)| {
            let room = self.room(unit).at_least_zero();
            Carried { unit, hours: subscription.left(at).min(room) }
        };
        subscribed.into_iter().map(can).collect()
    }

    fn shares_in(
        &self,
        id: Id<Common>,
        giver: Id<Unit>,
        (asked, at): (Hours, Time),
    ) -> Result<Vec<Carried>, Refusal> {
        let can = self.can_carry(id, at);
        let add = |sum: Hours, share: &Carried| sum.plus(share.hours).unwrap_or(sum);
        let room = can.iter().fold(Hours::ZERO, add);
        let others = can.iter().any(|share| share.unit != giver && share.hours.is_positive());
        if asked > room || !others {
            let common = self.common(id)?.name.clone();
            return Err(Refusal::SubscribersGiveFirst { common, room, asked });
        }
        let weight = |unit| self.common(id).ok()?.subscriptions.get(unit).map(|s| s.hours);
        let portions: Vec<Portion> = can
            .iter()
            .map(|share| Portion {
                weight: weight(&share.unit).unwrap_or_default(),
                most: share.hours,
            })
            .collect();
        let parts = can.iter().zip(divided(asked, &portions));
        let shares = parts.map(|(share, hours)| Carried { unit: share.unit, hours });
        let shares: Vec<Carried> = shares.filter(|share| share.hours.is_positive()).collect();
        Ok(shares)
    }

    /// Adds shares to what their units hold and have not answered, or takes them off.
    fn hold_shares(
        &mut self,
        shares: &[Carried],
        add: impl Fn(Hours, Hours) -> Option<Hours>,
    ) -> Result<(), Refusal> {
        for share in shares {
            let row = self.units.row_mut(share.unit)?;
            row.unanswered = add(row.unanswered, share.hours).unwrap_or(row.unanswered);
        }
        Ok(())
    }

    /// A unit that carries a share says that it is there; then the seven days count.
    pub(crate) fn receipt_contribution(
        &mut self,
        author: Author,
        act: &ReceiptContribution,
    ) -> Result<Effect, Refusal> {
        let own = self.acting_row(author.person)?;
        let id = self.find_contribution(act.contribution)?;
        let row = self.contribution(id)?;
        if own == row.giver || !row.is_party(own) {
            return Err(Refusal::NotCarrier { contribution: id.number() });
        }
        match row.progress {
            Progress::HandedOver => {}
            Progress::Receipted { .. } => {
                return Err(Refusal::ContributionReceipted { contribution: id.number() });
            }
            _ => return Err(Refusal::ContributionSettled { contribution: id.number() }),
        }
        if !self.may_receipt(row, own) {
            let (contribution, giver) = (id.number(), self.unit(row.giver)?.name.clone());
            return Err(Refusal::ReceiptByFriend { contribution, giver });
        }
        let at = self.begins(author.at);
        self.contributions.row_mut(id)?.progress = Progress::Receipted { at };
        Ok(Effect::Done)
    }

    /// Whether a unit that carries some of a contribution can say for all that it is there. Whoever
    /// signs for a delivery carries all of it; here it is a part, and after seven days of silence the
    /// others carry theirs by the same word. So units tied to the giver by backing sign only where
    /// there are no others, as they are drawn.
    pub fn may_receipt(&self, row: &Contribution, unit: Id<Unit>) -> bool {
        let others = || row.shares.iter().map(|share| share.unit).filter(|&one| one != row.giver);
        let apart = |one: Id<Unit>| !self.tied(one, row.giver);
        others().any(|one| one == unit) && (apart(unit) || !others().any(apart))
    }

    /// Those drawn accept it, each for themselves, and with the last yes it counts. If they are
    /// silent, the giver can enter it as accepted seven days after the receipt.
    pub(crate) fn accept_contribution(
        &mut self,
        author: Author,
        act: &AcceptContribution,
    ) -> Result<Effect, Refusal> {
        let own = self.acting_row(author.person)?;
        let id = self.find_contribution(act.contribution)?;
        let row = self.contribution(id)?;
        if !row.is_open() {
            return Err(Refusal::ContributionSettled { contribution: id.number() });
        }
        if own == row.giver {
            self.check_carriers_silent(id)?;
            self.settle_contribution(id, author.at)?;
            return Ok(Effect::Done);
        }
        self.check_asked(id, author)?;
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let (own, others): (Vec<Asked>, Vec<Asked>) =
            row.asked.iter().partition(|asked| asked.person == author.person);
        let said = others.iter().filter(|asked| asked.accepted).count();
        let (signed, needed) = (number(said + 1), number(row.asked.len()));
        if signed < needed && own.iter().all(|asked| asked.accepted) {
            return Err(Refusal::SignedAlready { signed, needed });
        }
        if signed == needed {
            self.settle_contribution(id, author.at)?;
        }
        for asked in &mut self.contributions.row_mut(id)?.asked {
            asked.accepted |= asked.person == author.person;
        }
        match signed == needed {
            true => Ok(Effect::Done),
            false => Ok(Effect::Gathering { signed, needed }),
        }
    }

    /// The giver enters silence as acceptance with a receipt, when the seven days have passed.
    fn check_carriers_silent(&self, id: Id<Contribution>) -> Result<(), Refusal> {
        let contribution = id.number();
        let Progress::Receipted { at } = self.contribution(id)?.progress else {
            return Err(Refusal::ContributionNotReceipted { contribution });
        };
        let (until, testified) = (at.plus_days(ANSWER_DAYS), self.testified);
        match until <= testified {
            true => Ok(()),
            false => Err(Refusal::CarriersHaveTime { contribution, until, testified }),
        }
    }

    /// Only whoever was drawn answers, as a member of the unit they were drawn from.
    fn check_asked(&self, id: Id<Contribution>, author: Author) -> Result<(), Refusal> {
        let unit = self.person(author.person)?.unit;
        let asked = &self.contribution(id)?.asked;
        let is_author = |asked: &Asked| asked.person == author.person && Some(asked.unit) == unit;
        match asked.iter().any(is_author) {
            true => Ok(()),
            false => Err(Refusal::NotDrawn { contribution: id.number() }),
        }
    }

    /// It counts: the giver gets what it is worth, and each subscriber carries its share.
    fn settle_contribution(&mut self, id: Id<Contribution>, at: Time) -> Result<(), Refusal> {
        let row = self.contribution(id)?;
        let (giver, hours, shares) = (row.giver, row.hours(), row.shares.clone());
        self.move_shares(giver, &shares, Hours::plus)?;
        self.hold_shares(&shares, Hours::minus)?;
        self.contributions.row_mut(id)?.progress = Progress::Accepted { at, hours };
        self.open_contributions.remove(&id);
        self.run_off_shares(giver, &shares)
    }

    /// One of those drawn rejects it by a clause; nothing counts, and the shares are free again.
    pub(crate) fn reject_contribution(
        &mut self,
        author: Author,
        act: &RejectContribution,
    ) -> Result<Effect, Refusal> {
        self.acting_row(author.person)?;
        let id = self.find_contribution(act.contribution)?;
        let row = self.contribution(id)?;
        if !row.is_open() {
            return Err(Refusal::ContributionSettled { contribution: id.number() });
        }
        self.check_asked(id, author)?;
        let common = self.common(row.common)?;
        let count = self.version(common.version)?.clauses.len();
        if act.clause == 0 || usize::from(act.clause) > count {
            return Err(Refusal::ClauseUnknown { found: act.clause, count });
        }
        let (at, clause, reason) = (author.at, act.clause, act.reason.clone());
        self.let_go_of(id, Progress::Rejected { at, clause, reason })?;
        Ok(Effect::Done)
    }

    /// What a contribution takes no longer, subscriptions can take again.
    pub(crate) fn give_back_shares(
        &mut self,
        id: Id<Contribution>,
        shares: &[Carried],
    ) -> Result<(), Refusal> {
        let (common, since) = (self.contribution(id)?.common, self.contribution(id)?.since);
        let row = self.commons.row_mut(common)?;
        for share in shares {
            if let Some(subscription) = row.subscriptions.get_mut(&share.unit) {
                subscription.give_back(share.hours, since);
            }
        }
        Ok(())
    }

    pub(crate) fn run_off_shares(
        &mut self,
        giver: Id<Unit>,
        shares: &[Carried],
    ) -> Result<(), Refusal> {
        self.run_off(giver)?;
        shares.iter().try_for_each(|share| self.run_off(share.unit))
    }

    /// The contributions that wait to be accepted or rejected.
    pub fn open_contributions(&self) -> impl Iterator<Item = (Id<Contribution>, &Contribution)> {
        self.open_contributions.iter().filter_map(|&id| Some((id, self.contribution(id).ok()?)))
    }
}
