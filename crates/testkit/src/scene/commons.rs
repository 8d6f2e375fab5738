use federation::rows::{Common, Contribution, Unit};
use federation::{Effect, Id, Ref};

use super::{Member, Scene};
use crate::phrases;

impl Scene {
    /// How statements name the common that an act opened. Panics if it opened none.
    pub fn common(&self, effect: &Effect) -> Ref<Common> {
        let Effect::Common(id) = effect else { panic!("{effect:?}") };
        self.federation.common_ref(*id).unwrap_or_else(|| panic!("there is no common {id}"))
    }

    /// A contribution; an hour later those who accept it are drawn.
    pub fn contributed(
        &mut self,
        giver: Id<Unit>,
        common: Ref<Common>,
        quantity: i64,
    ) -> Ref<Contribution> {
        let effect = self.does(giver, phrases::contribute(common, quantity));
        let Effect::Contribution(id) = effect else { panic!("{effect:?}") };
        self.wait_hours(1);
        let named = self.federation.contribution_ref(id);
        named.unwrap_or_else(|| panic!("there is no contribution {id}"))
    }

    /// Those who were drawn to accept a contribution.
    pub fn drawn_for(&self, contribution: Ref<Contribution>) -> Vec<Member> {
        let asked = self.contribution(contribution).asked.iter();
        asked.filter_map(|asked| self.with_key(asked.person)).collect()
    }

    /// All who were drawn accept it.
    pub fn accepted_by_all(&mut self, contribution: Ref<Contribution>) {
        for member in self.drawn_for(contribution) {
            self.record(member, phrases::accept_contribution(contribution));
        }
    }

    /// A contribution's row. Panics if there is none.
    pub fn contribution(&self, contribution: Ref<Contribution>) -> &Contribution {
        let id = self.federation.find_contribution(contribution);
        let row = id.and_then(|id| self.federation.contribution(id));
        row.unwrap_or_else(|refusal| panic!("{refusal}"))
    }
}
