//! Delegates are sent, shown and recalled, on plain pages.

mod visitor;

use visitor::{Three, main_of};

/// The mill, of one member, sends Karl to listen, and elects nobody else.
async fn sent(test: &str) -> Three {
    let mut three = Three::found(test).await;
    let form = three.miller.open(&three.at("/do/propose?question=mandate")).await;
    let karl = form.split("<option value=\"").find(|part| part.contains(">Karl</option>"));
    let karl = karl.and_then(|part| part.split('"').next()).unwrap().to_owned();
    let now = three.place.node.clock().now();
    let day = |days: i64| now.plus_seconds(days * 86_400).to_string()[..10].to_owned();
    let (closes, until) = (day(3), day(60));
    let fields = [
        ("question", "mandate"),
        ("delegate", karl.as_str()),
        ("matter", "the <b>mill</b> race"),
        ("instruction", "parameter"),
        ("parameter", "notice-days"),
        ("least", "7"),
        ("most", "14"),
        ("until", until.as_str()),
        ("text", "so that somebody goes"),
        ("closes", closes.as_str()),
    ];
    let page = three.miller.done(&three.at("/do/propose"), &fields).await;
    assert!(page.contains("to send somebody on"), "{}", main_of(&page));
    let vote = [("proposal", "1"), ("choose", "0"), ("reason", "")];
    three.miller.done(&three.at("/do/ballot"), &vote).await;
    three.pass(5).await;
    three
}

#[tokio::test]
async fn a_mandate_stands_in_plain_words_with_recall_next_to_the_name() {
    let mut three = sent("delegates_sent").await;
    let page = three.smith.open(&three.at("/delegates")).await;
    let main = main_of(&page);
    assert!(main.contains("the &#60;b&#62;mill&#60;/b&#62; race"), "{main}");
    assert!(main.contains("changes nothing but the days of notice, to 7 to 14"), "{main}");
    assert!(main.contains("Recall: 0 of 1 signatures") && main.contains("days left"), "{main}");
    assert!(!main.contains("/do/recall"), "{main}");
    let today = three.miller.open(&three.base).await;
    assert!(today.contains("Mill sends you on the &#60;b&#62;mill"), "{}", main_of(&today));
    let theirs = three.smith.open(&three.at("/delegates/1")).await;
    assert!(theirs.contains("/do/dispute?mandate=1"), "{}", main_of(&theirs));
    let own = three.miller.open(&three.at("/delegates/1")).await;
    assert!(!own.contains("/do/dispute"), "{}", main_of(&own));
    assert!(own.contains("/do/recall?mandate=1"), "{}", main_of(&own));
    let ask = three.miller.open(&three.at("/do/recall?mandate=1")).await;
    assert!(ask.contains("0 of 1 have signed to recall"), "{}", main_of(&ask));
    let page = three.miller.done(&three.at("/do/recall"), &[("mandate", "1")]).await;
    assert!(page.contains("recalled on"), "{}", main_of(&page));
}

#[tokio::test]
async fn an_election_is_ranked_by_name_and_its_sheet_is_shown() {
    let mut three = Three::found("delegates_elected").await;
    let now = three.place.node.clock().now();
    let day = |days: i64| now.plus_seconds(days * 86_400).to_string()[..10].to_owned();
    let (closes, until) = (day(3), day(60));
    let fields = [
        ("question", "delegates"),
        ("seats", "1"),
        ("stand0", "yes"),
        ("matter", "the mill race"),
        ("instruction", "voice"),
        ("until", until.as_str()),
        ("text", "who goes?"),
        ("closes", closes.as_str()),
    ];
    three.miller.done(&three.at("/do/propose"), &fields).await;
    let today = three.miller.open(&three.base).await;
    assert!(today.contains("You can vote on proposal 1"), "{}", main_of(&today));
    let page = three.miller.open(&three.at("/decisions/1")).await;
    assert!(page.contains("for=\"rank0\">Karl"), "{}", main_of(&page));
    let vote = [("proposal", "1"), ("rank0", "1"), ("rank1", "0"), ("rank2", "0"), ("reason", "")];
    three.miller.done(&three.at("/do/ballot"), &vote).await;
    three.pass(5).await;
    let page = three.miller.open(&three.at("/elections/1")).await;
    assert!(page.contains("<svg") && page.contains("Karl"), "{}", main_of(&page));
    let page = three.miller.open(&three.at("/delegates")).await;
    assert!(page.contains("says yes to nothing"), "{}", main_of(&page));
}
