using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace LeadScoring.Architecture.Tests;

/// <summary>What a compiled project declares and what it calls, read from its metadata without loading it.</summary>
/// <param name="DeclaredTypes">Full names of the types written by people; those the compiler makes up are left out.</param>
/// <param name="ReferencedTypes">Full names of the types of other assemblies that it uses.</param>
/// <param name="ReferencedMembers"><c>Namespace.Type::Member</c> of other assemblies that it uses.</param>
/// <param name="ReferencedAssemblies">Simple names of the assemblies it was compiled against and uses.</param>
sealed record CompiledAssembly(
    string Name,
    IReadOnlyList<string> DeclaredTypes,
    IReadOnlyList<string> ReferencedTypes,
    IReadOnlyList<string> ReferencedMembers,
    IReadOnlyList<string> ReferencedAssemblies
)
{
    /// <summary>A project of src, as it was copied beside these tests by the build.</summary>
    public static CompiledAssembly OfProject(string project) =>
        Read(
            Path.Combine(AppContext.BaseDirectory, $"{(project is "Worker" ? "leads" : $"LeadScoring.{project}")}.dll")
        );

    public static CompiledAssembly Read(string path)
    {
        using var stream = File.OpenRead(path);
        using var image = new PEReader(stream);
        var metadata = image.GetMetadataReader();
        return new CompiledAssembly(
            metadata.GetString(metadata.GetAssemblyDefinition().Name),
            [.. metadata.TypeDefinitions.Select(type => FullName(metadata, type)).Where(name => !name.Contains('<'))],
            [.. metadata.TypeReferences.Select(type => FullName(metadata, type))],
            [.. metadata.MemberReferences.Select(member => MemberName(metadata, member)).OfType<string>()],
            [
                .. metadata.AssemblyReferences.Select(name =>
                    metadata.GetString(metadata.GetAssemblyReference(name).Name)
                ),
            ]
        );
    }

    static string FullName(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        var name = metadata.GetString(type.Name);
        return type.GetDeclaringType() is { IsNil: false } outer
            ? $"{FullName(metadata, outer)}+{name}"
            : Join(metadata.GetString(type.Namespace), name);
    }

    static string FullName(MetadataReader metadata, TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        var name = metadata.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{FullName(metadata, (TypeReferenceHandle)type.ResolutionScope)}+{name}"
            : Join(metadata.GetString(type.Namespace), name);
    }

    static string? MemberName(MetadataReader metadata, MemberReferenceHandle handle)
    {
        var member = metadata.GetMemberReference(handle);
        return member.Parent.Kind == HandleKind.TypeReference
            ? $"{FullName(metadata, (TypeReferenceHandle)member.Parent)}::{metadata.GetString(member.Name)}"
            : null;
    }

    static string Join(string space, string name) => space.Length == 0 ? name : $"{space}.{name}";
}
