package org.smapp.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "figures",
        description = "Shows RTT, time-outs, rates and bytes of each subflow.",
        footerHeading = "%nExamples:%n",
        footer = {"  smapp figures fbdb7365", "  smapp figures --json | jq '.[].subflows[].pacingRateBytesPerSecond'"})
final class FiguresCommand extends ViewCommand {

    private static final long NO_LIMIT = -1;

    @Parameters(
            paramLabel = "TOKEN",
            arity = "0..1",
            converter = TokenArgument.Converter.class,
            description = {"Only this connection.", TokenArgument.HELP})
    private TokenArgument token;

    @Override
    String ask(Daemon daemon) throws Failure {
        if (token == null) {
            return daemon.ask(Daemon.request("figures"));
        }
        String answer = token.ask(daemon, "figures");
        if (answer.equals("[]")) {
            throw token.unknown();
        }
        return answer;
    }

    @Override
    void show(String answer) throws Failure {
        Table table = new Table(
                "TOKEN",
                "FROM",
                "TO",
                "STATE",
                "RTT",
                "RTO",
                "TIMEOUTS",
                "CWND",
                "LOST",
                "PACING",
                "DELIVERY",
                "SENT",
                "AGAIN",
                "RECEIVED",
                "IDLE");
        Json.forEach(answer, connection -> connection.list("subflows").forEach(subflow -> add(table, subflow)));
        print(table, "No subflows.");
    }

    private static void add(Table table, Fields subflow) {
        table.row(
                Text.token(subflow.number("token")),
                Text.end(subflow.text("localAddress"), subflow.number("localPort")),
                Text.end(subflow.text("remoteAddress"), subflow.number("remotePort")),
                Text.words(subflow.text("state")),
                ms(subflow.number("rttUs")),
                ms(subflow.number("rtoUs")),
                subflow.number("timeouts") < 0 ? "-" : subflow.text("timeouts"),
                subflow.text("congestionWindowSegments"),
                subflow.text("lostSegments"),
                rate(subflow.number("pacingRateBytesPerSecond")),
                rate(subflow.number("deliveryRateBytesPerSecond")),
                Text.bytes(subflow.number("bytesSent")),
                Text.bytes(subflow.number("bytesRetransmitted")),
                Text.bytes(subflow.number("bytesReceived")),
                Text.age(subflow.number("lastDataSentMs") / 1000));
    }

    private static String ms(long us) {
        return us / 1000 + "." + us % 1000 / 100 + " ms";
    }

    private static String rate(long bytesPerSecond) {
        return bytesPerSecond == NO_LIMIT ? "no limit" : Text.bytes(bytesPerSecond) + "/s";
    }
}
