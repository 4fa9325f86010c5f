package org.smapp.control;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.smapp.api.Command;
import org.smapp.api.PathManager;
import org.smapp.api.PathTrouble;
import org.smapp.api.Token;
import org.smapp.api.configuration.Configurations;
import org.smapp.api.event.JournalEntry;
import org.smapp.api.measure.ConnectionInfo;
import org.smapp.api.measure.Measurements;
import org.smapp.api.measure.SubflowInfo;

/** Answers every request but {@code events}. Thread-safe; never waits. */
final class Operations {

    private static final int MAX_REASON = 200;
    private static final Set<String> LONG = Set.of("connections", "figures", "journal");

    private final PathManager pathManager;
    private final Measurements measurements;
    private final Configurations configurations;
    private final Supplier<List<String>> warnings;

    /** @param warnings what is not as it should be, a sentence each */
    Operations(
            PathManager pathManager,
            Measurements measurements,
            Configurations configurations,
            Supplier<List<String>> warnings) {
        this.pathManager = pathManager;
        this.measurements = measurements;
        this.configurations = configurations;
        this.warnings = warnings;
    }

    /**
     * Answers a request.
     *
     * @param executor where the answer to a command is written; the agent only hands it over
     * @return completes with the parts of one line: at once, or by {@code executor}
     */
    CompletionStage<Iterator<byte[]>> answer(Request request, Peer peer, Executor executor) throws BadRequest {
        return switch (request.operation()) {
            case "connections" -> done(connections(request));
            case "controllers" -> done(Answer.array(pathManager.controllers(), Shapes::of));
            case "addresses" -> done(addresses(request));
            case "figures" -> done(figures(request));
            case "journal" -> done(journal(request));
            case "health" ->
                done(whole(Answer.object(
                        Shapes.health(pathManager.health(), pathManager.pathTroubles(), warnings.get()))));
            case "config" -> done(Answer.array(configurations.all(), Shapes::of));
            case "submit" -> submit(request, peer, executor);
            default ->
                throw new BadRequest(
                        "Unknown operation \"" + request.operation()
                                + "\". There are: connections, controllers, addresses, events, figures, journal, health, config, submit.");
        };
    }

    /** Returns whether the answer grows with the number of connections. */
    static boolean isLong(Request request) throws BadRequest {
        return LONG.contains(request.operation());
    }

    private static CompletionStage<Iterator<byte[]>> done(Iterator<byte[]> parts) {
        return CompletableFuture.completedFuture(parts);
    }

    private static Iterator<byte[]> whole(byte[] line) {
        return List.of(line).iterator();
    }

    private Iterator<byte[]> connections(Request request) throws BadRequest {
        if (!request.has("token")) {
            return Answer.array(pathManager.connections(), Shapes::connection);
        }
        Token token = request.token();
        List<PathTrouble> troubles = pathManager.pathTroubles();
        return Answer.array(
                only(pathManager.connections(), each -> each.token().equals(token)),
                each -> Shapes.connection(each, troubles));
    }

    private Iterator<byte[]> addresses(Request request) throws BadRequest {
        List<PathTrouble> troubles = pathManager.pathTroubles();
        return request.has("all") && request.flag("all")
                ? Answer.array(pathManager.hostAddresses(), each -> Shapes.hostAddress(each, troubles))
                : Answer.array(pathManager.localAddresses(), Shapes::localAddress);
    }

    private Iterator<byte[]> figures(Request request) throws BadRequest {
        if (!request.has("token")) {
            return figures(measurements.connections());
        }
        return figures(measurements.connection(request.token()).stream().toList());
    }

    private Iterator<byte[]> figures(List<ConnectionInfo> connections) {
        Map<Token, List<SubflowInfo>> subflows =
                measurements.subflows().stream().collect(Collectors.groupingBy(SubflowInfo::token));
        return Answer.array(connections, each -> Shapes.figures(each, subflows.getOrDefault(each.token(), List.of())));
    }

    private Iterator<byte[]> journal(Request request) throws BadRequest {
        if (!request.has("token")) {
            return Answer.array(pathManager.journal(), Shapes::journalEntry);
        }
        Token token = request.token();
        Predicate<JournalEntry> ofConnection =
                entry -> entry.event().connection().filter(token::equals).isPresent();
        return Answer.array(only(pathManager.journal(), ofConnection), Shapes::journalEntry);
    }

    private static <T> List<T> only(List<T> all, Predicate<T> condition) {
        return all.stream().filter(condition).toList();
    }

    private CompletionStage<Iterator<byte[]>> submit(Request request, Peer peer, Executor executor) throws BadRequest {
        peer.checkMayCommand();
        Command command = new CommandRequest(request, pathManager.localAddresses()).command();
        String reason = request.has("reason") ? request.text("reason") : "asked for by " + peer.name();
        if (reason.length() > MAX_REASON) {
            throw new BadRequest("\"reason\" is longer than " + MAX_REASON + " characters.");
        }
        return pathManager
                .submit(command, reason)
                .thenApplyAsync(outcome -> whole(Answer.object(Shapes.outcome(command.toString(), outcome))), executor);
    }
}
