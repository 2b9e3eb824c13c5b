namespace LeadScoring.Synthetic.Intent;

/// <summary>How far a household's hidden intent to move has come.</summary>
enum Intention
{
    Cold,
    Curious,
    Considering,
    Planning,
    Moved,
}

/// <summary>The hidden state of a household at the start of a week.</summary>
/// <param name="Intention">The intent; <see cref="Intention.Moved"/> is final.</param>
/// <param name="Glow">A visit to the north is still fresh.</param>
/// <param name="Upheaval">Life at home is in upheaval (a job lost, a divorce, a pension); no trace ever shows it.</param>
readonly record struct IntentState(Intention Intention, bool Glow, bool Upheaval)
{
    /// <summary>States from which one can still move: four intentions x glow x upheaval.</summary>
    public const int Count = 16;

    /// <summary>0 .. 15 for a state that has not moved.</summary>
    public int Index => (int)Intention * 4 + (Glow ? 2 : 0) + (Upheaval ? 1 : 0);
}
