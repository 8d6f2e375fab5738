//! Two units exchange directly, from the specification to the entitlement, on plain pages.

mod visitor;

use visitor::{Three, main_of};

#[tokio::test]
async fn a_contract_goes_from_its_proposal_to_the_hours_in_both_entitlements() {
    let mut three = Three::found("exchange").await;
    let at = |path: &str| format!("{}{path}", three.base);
    let page = three
        .miller
        .done(
            &at("/do/propose-specification"),
            &[
                ("name", "flour"),
                ("nature", "good"),
                ("measure", "kg"),
                ("decimals", "3"),
                ("clauses", "ground this month\ndry"),
                ("about", "from our own stones"),
            ],
        )
        .await;
    assert!(page.contains("Recorded</strong> as entry"), "{page}");
    assert!(page.contains("kept for you by this node"), "{page}");
    three
        .miller
        .done(
            &at("/do/ask-value"),
            &[("version", "1"), ("value", "0:15"), ("reasons", "grain and grinding")],
        )
        .await;
    let fields = [
        ("role", "receiver"),
        ("with", "2"),
        ("version", "2"),
        ("quantity", "20"),
        ("terms", "at-value"),
        ("answer_by", "2099-01-01"),
        ("note", "for the weekend"),
    ];
    let page = three.baker.done(&at("/do/propose-contract"), &fields).await;
    assert!(page.contains("Mill gives Bakery 20 kg of flour/2, worth 5:00 hours"), "{page}");

    let today = three.miller.open(&three.base).await;
    assert!(today.contains("Do you agree?"), "{today}");
    three.miller.done(&at("/do/accept-contract"), &[("contract", "1")]).await;
    three.miller.done(&at("/do/deliver"), &[("contract", "1"), ("quantity", "12.5")]).await;
    three.baker.done(&at("/do/receipt"), &[("delivery", "1")]).await;
    let page = three.baker.done(&at("/do/accept-delivery"), &[("delivery", "1")]).await;
    assert!(page.contains("counts 3:07:30 hours"), "{}", main_of(&page));

    let page = three.baker.open(&at("/unit")).await;
    assert!(page.contains("<dd class=\"big\">-3:07:30</dd>"), "{}", main_of(&page));
    let page = three.miller.open(&at("/unit")).await;
    assert!(page.contains("<dd class=\"big\">3:07:30</dd>"), "{}", main_of(&page));
}
