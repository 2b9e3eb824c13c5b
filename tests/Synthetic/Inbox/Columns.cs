namespace LeadScoring.Synthetic.Inbox;

/// <summary>The headers of the sources, as their products write them.</summary>
static class Columns
{
    public static readonly string[] Newsletter =
    [
        "email_address",
        "email_id",
        "campaign_id",
        "topic",
        "action",
        "timestamp",
        "url",
        "user_agent",
        "municipality",
    ];

    public static readonly string[] LeadForms =
    [
        "id",
        "created_time",
        "ad_id",
        "ad_name",
        "adset_id",
        "adset_name",
        "campaign_id",
        "campaign_name",
        "form_id",
        "form_name",
        "is_organic",
        "platform",
        "full_name",
        "phone_number",
        "email",
        "inbox_url",
        "lead_status",
        "what_draws_you",
        "municipality",
    ];

    public static readonly string[] FairTalks =
    [
        "samtal_id",
        "datum",
        "mässa",
        "land",
        "kontakt_id",
        "intresse",
        "kommun",
        "kan_tänka_sig_flytta",
        "minuter",
    ];

    public static readonly string[] Inquiries =
    [
        "inquiry_id",
        "received_at",
        "contact_id",
        "country",
        "language",
        "municipality_code",
        "household_size",
    ];

    public static readonly string[] SmsReplies = ["reply_id", "mottaget", "contact_id", "campaign", "klass"];

    public static readonly string[] Contacts =
    [
        "Record ID",
        "Create Date",
        "Last Modified Date",
        "Email",
        "Country/Region",
        "Preferred language",
        "Household ID",
        "Household size",
        "Birth year",
        "Lead source",
    ];

    public static readonly string[] Consents = ["consent_id", "contact_id", "purpose", "granted", "at", "provenance"];

    public static readonly string[] Outcomes =
    [
        "outcome_id",
        "contact_id",
        "kind",
        "occurred_on",
        "reported_on",
        "municipality_code",
    ];
}
