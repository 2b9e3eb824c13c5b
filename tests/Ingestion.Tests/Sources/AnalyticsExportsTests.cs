namespace LeadScoring.Ingestion.Tests.Sources;

/// <summary>Exports with the columns that Google Analytics 4 and Amplitude really give. Every row is invented.</summary>
public sealed class AnalyticsExportsTests
{
    const string Traces =
        "select contact, \"at\", kind_of(kind), channel_of(channel), theme_of(theme), value, automated, trace_id "
        + "from traces order by \"at\", kind_of(kind)";

    const string Visitors =
        "select subject, \"at\", kind_of(kind), channel_of(channel), theme_of(theme), value, automated, trace_id "
        + "from visitors order by \"at\", kind_of(kind)";

    TestHome _home = null!;

    [SetUp]
    public void Make_a_home() => _home = new TestHome();

    [TearDown]
    public void Remove_it() => _home.Dispose();

    [Test]
    public void GA4_flattened_has_a_column_a_parameter_one_even_twice()
    {
        _home.With(
            "ga4_events/event.csv",
            "_fivetran_id,_fivetran_synced,bundle_sequence_id,date,device_category,geo_city,geo_country,geo_region,name,platform,timestamp,traffic_source_medium,traffic_source_name,traffic_source_source,user_first_touch_timestamp,user_id,user_pseudo_id,value_in_usd,param_medium,param_source,param_ga_session_id,param_engagement_time_msec,param_session_engaged,stream_id,is_intraday,collected_traffic_source_manual_medium,collected_traffic_source_manual_source,batch_event_index,param_session_engaged\n"
                + "g1,2025-03-02 00:00:00,1,2025-03-01,mobile,,,,page_view,web,2025-03-01 08:00:00,organic,s,,2025-02-01 08:00:00,,cookie1,0,,,se1,1500,1,1,True,,,1,1\n"
                + "g2,2025-03-02 00:00:00,1,2025-03-01,mobile,,,,sign_in,web,2025-03-01 08:01:00,organic,s,,2025-02-01 08:00:00,u1,cookie1,0,,,se1,,1,1,True,paid_social,s,2,1\n"
                + "g3,2025-03-02 00:00:00,1,2025-03-01,mobile,,,,page_view,web,2025-03-01 08:02:00,organic,s,,2025-02-01 08:00:00,,cookie2,0,newsletter_email,,se2,250,1,1,True,,,1,1\n"
                + "g3,2025-03-02 00:00:00,1,2025-03-01,mobile,,,,page_view,web,2025-03-01 08:02:00,organic,s,,2025-02-01 08:00:00,,cookie2,0,newsletter_email,,se2,250,1,1,True,,,1,1\n"
                + "g4,2025-03-02 00:00:00,1,2025-03-01,mobile,,,,page_view,web,2025-03-01 08:03:00,organic,s,,2025-02-01 08:00:00,,,0,,,,,1,1,True,,,1,1\n"
        );

        var file = _home.IngestOne();

        Assert.That((file.Read, file.Accepted, file.Rejected, file.Duplicate), Is.EqualTo((5, 3, 1, 1)), file.Refusal);
        Assert.That(
            file.Reasons,
            Is.EqualTo([new RejectReason("no contact, visitor, e-mail or phone, expected one of them", 1, 6)])
        );
        Assert.That(
            _home.Rows(Traces),
            Is.EqualTo([
                "u1|2025-03-01 08:00:00|page_view|web||1.5|false|g1",
                "u1|2025-03-01 08:01:00|sign_in|ads|||false|g2",
            ])
        );
        Assert.That(_home.Rows(Visitors), Is.EqualTo(["v:cookie2|2025-03-01 08:02:00|page_view|email||0.25|false|g3"]));
    }

    [Test]
    public void GA4_from_BigQuery_has_its_parameters_nested()
    {
        _home.With(
            "ga4_bigquery/events.ndjson",
            """
            {"event_date":"20250301","event_timestamp":"1740816000000001","event_name":"page_view","event_params":[{"key":"ga_session_id","value":{"int_value":"7001"}},{"key":"content_group","value":{"string_value":"Housing"}},{"key":"engagement_time_msec","value":{"int_value":"2500"}}],"user_pseudo_id":"11.22","user_properties":[],"device":{"category":"mobile"},"geo":{"country":"Nowhere"},"traffic_source":{"name":"(direct)","medium":"cpc","source":"example"},"items":[]}
            {"event_date":"20250301","event_timestamp":"1740816060000000","event_name":"sign_in","event_params":[{"key":"medium","value":{"string_value":"email"}},{"key":"ratio","value":{"double_value":0.5}}],"user_id":"u1","user_pseudo_id":"11.22","traffic_source":{"medium":"cpc"},"collected_traffic_source":{"manual_medium":"social"}}
            {"event_date":"20250301","event_timestamp":"1740816120000000","event_name":"scroll","event_params":[{"key":"medium","value":{"string_value":"email"}}],"user_id":null,"user_pseudo_id":"33.44","traffic_source":{"medium":"(none)"}}
            {"event_date":"20250301","event_timestamp":"1740816120000000","event_name":"scroll","event_params":[{"key":"medium","value":{"string_value":"email"}}],"user_id":null,"user_pseudo_id":"33.44","traffic_source":{"medium":"(none)"}}
            {"event_date":"20250301","event_timestamp":"1740816180000000","event_name":"first_visit","event_params":[],"user_pseudo_id":"33.44"}
            {"event_date":"20250301","event_timestamp":"1740816240000000","event_name":"page_view","event_params":[]}
            {"event_date":"20250301","event_timestamp":"soon","event_name":"page_view","event_params":[],"user_pseudo_id":"33.44"}

            """
        );

        var file = _home.IngestOne();

        Assert.That((file.Read, file.Accepted, file.Rejected, file.Duplicate), Is.EqualTo((7, 4, 2, 1)), file.Refusal);
        Assert.That(
            _home.Rows(Traces),
            Is.EqualTo([
                "u1|2025-03-01 08:00:00.000001|page_view|ads|housing|2.5|false|",
                "u1|2025-03-01 08:01:00|sign_in|social|||false|",
            ])
        );
        Assert.That(
            _home.Rows(Visitors),
            Is.EqualTo([
                "v:33.44|2025-03-01 08:02:00|scroll|email|||false|",
                "v:33.44|2025-03-01 08:03:00|first_visit|web|||false|",
            ])
        );
        Assert.That(
            _home.Rows("select subject, contact, \"at\" from links"),
            Is.EqualTo(["v:11.22|u1|2025-03-01 08:01:00"])
        );
    }

    [TestCase("""[{"key":"engagement_time_msec","value":{"int_value":500}}]""", "0.5")]
    [TestCase("""[{"key":"engagement_time_msec","value":{"double_value":250.5}}]""", "0.2505")]
    [TestCase("""[{"key":"engagement_time_msec","value":{"string_value":"long"}}]""", "")]
    [TestCase("""[{"key":"engagement_time_msec"}]""", "")]
    [TestCase("""{"engagement_time_msec":500}""", "")]
    [TestCase("""[1,"two",null]""", "")]
    [TestCase("\"no list\"", "")]
    [TestCase("null", "")]
    public void GA4_parameters_of_odd_shapes_give_no_value_and_cost_no_row(string parameters, string value)
    {
        _home.With(
            "ga4_bigquery/events.ndjson",
            $$"""{"event_timestamp":"1740816000000000","event_name":"scroll","event_params":{{parameters}},"user_pseudo_id":"11.22"}"""
                + "\n"
        );

        Assert.That(_home.IngestOne().Accepted, Is.EqualTo(1));
        Assert.That(_home.Rows("select value from visitors"), Is.EqualTo([value]));
    }

    [Test]
    public void Equal_events_of_one_batch_are_two_and_a_second_export_of_it_brings_none()
    {
        const string Event =
            "{\"event_timestamp\":\"1740816000000000\",\"event_name\":\"click\",\"event_params\":[],\"user_pseudo_id\":\"11.22\",\"batch_page_id\":\"1740816000000\",\"batch_ordering_id\":\"1\",\"batch_event_index\":\"$\"}\n";
        var both =
            Event.Replace("$", "1", StringComparison.Ordinal) + Event.Replace("$", "2", StringComparison.Ordinal);
        _home.With("ga4_bigquery/a.ndjson", both).With("ga4_bigquery/b.ndjson", both + both);

        var report = _home.Ingest();

        Assert.That((report.Read, report.Accepted, report.Duplicate), Is.EqualTo((6L, 2L, 4L)));
    }

    [Test]
    public void Amplitude_s_own_export_is_ndjson_with_the_same_names()
    {
        _home.With(
            "amplitude_events/1_2025-03-01_8.json",
            """
            {"device_id":"dev1","user_id":"u1","event_time":"2025-03-01 08:00:00.123000","event_type":"open map","platform":"Android","uuid":"uu1","event_properties":{"a":1},"session_id":-1}

            """
        );

        Assert.That(_home.IngestOne().Accepted, Is.EqualTo(1));
        Assert.That(_home.Rows(Traces), Is.EqualTo(["u1|2025-03-01 08:00:00.123|open_map|app|||false|uu1"]));
    }

    [Test]
    public void Amplitude_knows_its_users_by_id_address_or_device()
    {
        const string Header =
            "device_id,id,server_upload_time,_fivetran_synced,_insert_id,amplitude_id,app,client_event_time,country,data,event_properties,event_time,event_type,event_type_id,ip_address,language,library,platform,session_id,user_creation_time,user_id,user_properties,uuid,version_name\n";
        _home.With(
            "amplitude_events/event.csv",
            Header
                + "dev1,1,2025-03-01T09:00:00.100,2025-03-02T00:00:00,,1,1,2025-03-01T07:59:58,,{},{},2025-03-01T08:00:00.123,open_map,1,192.0.2.1,,http/1.0,Web,-1,2025-02-01T00:00:00,,\"{\"\"Cohort\"\":\"\"A\"\"}\",uu1,\n"
                + "dev1,2,2025-03-01T09:00:00.100,2025-03-02T00:00:00,,1,1,2025-03-01T07:59:58,,{},{},2025-03-01T08:01:00,sign in,1,17.0.2.1,,http/1.0,iOS,-1,2025-02-01T00:00:00,u1,{},uu2,\n"
                + "dev2,3,2025-03-01T09:00:00.100,2025-03-02T00:00:00,,2,1,2025-03-01T07:59:58,,{},{},2025-03-01T08:02:00,open_map,1,192.0.2.1,,http/1.0,,-1,2025-02-01T00:00:00,one@example.org,{},uu3,\n"
                + "dev2,3,2025-03-01T09:00:00.100,2025-03-02T00:00:00,,2,1,2025-03-01T07:59:58,,{},{},2025-03-01T08:02:00,open_map,1,192.0.2.1,,http/1.0,,-1,2025-02-01T00:00:00,one@example.org,{},uu3,\n"
                + "dev2,4,2025-03-01T09:00:00.100,2025-03-02T00:00:00,,2,1,2025-03-01T07:59:58,,{},{},,open_map,1,192.0.2.1,,http/1.0,,-1,2025-02-01T00:00:00,one@example.org,{},uu4,\n"
        );

        var file = _home.IngestOne();

        Assert.That((file.Read, file.Accepted, file.Rejected, file.Duplicate), Is.EqualTo((5, 3, 1, 1)), file.Refusal);
        Assert.That(file.Reasons, Is.EqualTo([new RejectReason("event_time: empty, expected a value", 1, 6)]));
        Assert.That(
            _home.Rows(Traces),
            Is.EqualTo([
                "u1|2025-03-01 08:00:00.123|open_map|web|||false|uu1",
                "u1|2025-03-01 08:01:00|sign_in|app|||true|uu2",
            ])
        );
        Assert.That(
            _home.Rows(Visitors).Select(row => row[..2] + row[66..]),
            Is.EqualTo(["e:|2025-03-01 08:02:00|open_map|web|||false|uu3"])
        );
    }
}
