namespace LocalHost.Functions;

/// <summary>
/// Makes the class that the WebJobs SDK looks for functions in: <c>Host.Functions</c>, with a static method for each function, whose parameters carry the SDK's
/// attributes and whose body hands all arguments to <see cref="FunctionInvoker"/>.
/// </summary>
internal static class FunctionTypeBuilder
{
    private const string InvokerField = "Invoker";

    /// <summary>Arguments after those of the bindings: the SDK fills them in by their types.</summary>
    private static readonly Type[] s_context = [typeof(ExecutionContext), typeof(Binder), typeof(CancellationToken)];

    /// <summary>Makes the class for all functions.</summary>
    public static Type Build(IEnumerable<FunctionDefinition> functions, FunctionInvoker invoker)
    {
        var module = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("Host"), AssemblyBuilderAccess.Run).DefineDynamicModule("Host");
        var type = module.DefineType("Host.Functions", TypeAttributes.Public | TypeAttributes.Class);
        var field = type.DefineField(InvokerField, typeof(FunctionInvoker), FieldAttributes.Public | FieldAttributes.Static);
        foreach (var function in functions)
            DefineMethod(type, field, function);
        var built = type.CreateType();
        built.GetField(InvokerField)!.SetValue(null, invoker);
        return built;
    }

    private static void DefineMethod(TypeBuilder type, FieldInfo invoker, FunctionDefinition function)
    {
        FunctionBinding[] bindings = [function.Trigger, .. function.Inputs];
        Type[] parameters = [.. bindings.Select(BindingAttributes.ParameterType), .. s_context];
        var returns = function.Trigger.Type is BindingTypes.Orchestration or BindingTypes.Activity or BindingTypes.Entity ? typeof(Task<object?>) : typeof(Task);
        var method = type.DefineMethod(function.Name, MethodAttributes.Public | MethodAttributes.Static, returns, parameters);
        if (function.IsHttp)
            method.SetCustomAttribute(BindingAttributes.Make<NoAutomaticTriggerAttribute>([]));
        if (BindingAttributes.OfRetry(function) is { } retry)
            method.SetCustomAttribute(retry);
        for (var i = 0; i < bindings.Length; i++)
        {
            var parameter = method.DefineParameter(i + 1, ParameterAttributes.None, bindings[i].Name);
            if (BindingAttributes.Of(function, bindings[i]) is { } attribute)
                parameter.SetCustomAttribute(attribute);
        }
        for (var i = 0; i < s_context.Length; i++)
            method.DefineParameter(bindings.Length + i + 1, ParameterAttributes.None, $"_{s_context[i].Name}");
        WriteBody(method.GetILGenerator(), invoker, function.Name, parameters);
    }

    /// <summary><c>return Invoker.InvokeAsync("name", new object[] { all arguments });</c></summary>
    private static void WriteBody(ILGenerator body, FieldInfo invoker, string name, Type[] parameters)
    {
        body.Emit(OpCodes.Ldsfld, invoker);
        body.Emit(OpCodes.Ldstr, name);
        body.Emit(OpCodes.Ldc_I4, parameters.Length);
        body.Emit(OpCodes.Newarr, typeof(object));
        for (var i = 0; i < parameters.Length; i++)
        {
            body.Emit(OpCodes.Dup);
            body.Emit(OpCodes.Ldc_I4, i);
            body.Emit(OpCodes.Ldarg, i);
            if (parameters[i].IsValueType)
                body.Emit(OpCodes.Box, parameters[i]);
            body.Emit(OpCodes.Stelem_Ref);
        }
        body.Emit(OpCodes.Callvirt, typeof(FunctionInvoker).GetMethod(nameof(FunctionInvoker.InvokeAsync))!);
        body.Emit(OpCodes.Ret);
    }
}
