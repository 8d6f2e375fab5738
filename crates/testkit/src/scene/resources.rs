use federation::rows::{Claim, Conflict, Resource, Unit};
use federation::{Act, Effect, Id, Ref};

use super::Scene;
use crate::phrases;

impl Scene {
    /// A resource that a unit writes down.
    pub fn registered(&mut self, unit: Id<Unit>, called: &str) -> Ref<Resource> {
        let effect = self.does(unit, phrases::register(called));
        let Effect::Resource(id) = effect else { panic!("{effect:?}") };
        self.federation.resource_ref(id).unwrap_or_else(|| panic!("there is no resource {id}"))
    }

    /// A claim of a unit's to a resource, from today for so many days, with its first member.
    pub fn claimed(&mut self, unit: Id<Unit>, resource: Ref<Resource>, days: u16) -> Ref<Claim> {
        let dates = (self.now, self.now.plus_days(federation::Days(days)));
        let claim = phrases::claim(resource, self.signer(unit).person, dates);
        let effect = self.does(unit, Act::Claim(claim));
        let Effect::Claim(id) = effect else { panic!("{effect:?}") };
        self.federation.claim_ref(id).unwrap_or_else(|| panic!("there is no claim {id}"))
    }

    /// The conflict over a resource. Panics if there is none.
    pub fn conflict_over(&self, resource: Ref<Resource>) -> Ref<Conflict> {
        let id = self.federation.find_resource(resource);
        let conflict = id.ok().and_then(|id| self.federation.conflict_over(id));
        let named = conflict.and_then(|id| self.federation.conflict_ref(id));
        named.unwrap_or_else(|| panic!("nobody is in conflict over it"))
    }

    /// A conflict's row. Panics if there is none.
    pub fn conflict(&self, conflict: Ref<Conflict>) -> &Conflict {
        let id = self.federation.find_conflict(conflict);
        let row = id.and_then(|id| self.federation.conflict(id));
        row.unwrap_or_else(|refusal| panic!("{refusal}"))
    }
}
