//! G6 and G1, by trying: in every state the members of a unit can recall whom it has sent.

use federation::invariants::Broken;
use federation::rows::{Ended, Mandate};
use federation::{Id, Refusal};

use crate::{Scene, recall};

fn broken(found: String) -> Result<(), Broken> {
    Err(Broken { invariant: "G6", found })
}

/// Every delegate whose mandate holds is recalled as soon as as many members have signed as it
/// takes, and no rule says no to one of them.
pub fn every_delegate_can_be_recalled(scene: &Scene) -> Result<(), Broken> {
    // A signature is dated, and may itself be what shows that a mandate is over.
    let now = scene.now.max(scene.federation.newest_date());
    for (id, row) in scene.federation.mandates().filter(|(_, row)| row.holds(now)) {
        recalled(scene, id, row)?;
    }
    Ok(())
}

fn recalled(scene: &Scene, id: Id<Mandate>, row: &Mandate) -> Result<(), Broken> {
    let Some(named) = scene.federation.mandate_ref(id) else { return Ok(()) };
    let mut copy = scene.clone();
    let mut signed = row.signed.len();
    for signer in scene.signers(row.unit) {
        match copy.try_act(signer, recall(named)) {
            Ok(_) => signed += 1,
            Err(Refusal::SignedAlready { .. }) => {}
            // Its time was over with the signature before, which vouched for it.
            Err(Refusal::MandateOver { .. }) if !is_recalled(copy.mandate(named)) => return Ok(()),
            Err(refusal) => return broken(format!("mandate {id} cannot be recalled: {refusal}")),
        }
        let after = copy.mandate(named);
        let enough = u32::try_from(signed).is_ok_and(|signed| signed >= row.needed);
        let is_recalled = is_recalled(after);
        if after.ended.is_some() && !is_recalled {
            return Ok(());
        }
        if enough != is_recalled {
            return broken(format!(
                "{signed} have signed to recall mandate {id}, {} are needed, and it is {:?}",
                row.needed, after.ended
            ));
        }
        if enough {
            return federation::invariants::check(&copy.federation);
        }
    }
    Ok(())
}

/// Whether it was ended by a recall, and not by what a signature's date has brought about.
const fn is_recalled(row: &Mandate) -> bool {
    matches!(row.ended, Some(Ended::Recalled(_)))
}
